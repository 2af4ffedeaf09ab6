module cortensor.network/portal/load

go 1.21
