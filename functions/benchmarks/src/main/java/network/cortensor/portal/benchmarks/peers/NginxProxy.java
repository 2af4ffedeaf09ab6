package network.cortensor.portal.benchmarks.peers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Debian's nginx, unpacked beside the measurement, as a reverse proxy that passes bytes on as they come. It checks no keys. */
record NginxProxy(Path folder) implements Peer {
    @Override
    public String name() {
        return "nginx of Debian (no keys)";
    }

    @Override
    public void install() throws Unavailable, InterruptedException {
        if (Files.exists(program())) {
            return;
        }
        Command.of(folder, "sh", "-c", "apt-get download nginx && dpkg -x nginx_*.deb nginx")
                .output();
    }

    private Path program() {
        return folder.resolve("nginx/usr/sbin/nginx");
    }

    @Override
    public Gateway start(URI upstream) throws Unavailable, InterruptedException {
        int port = Gateway.freePort();
        String configuration =
                Configuration.write(folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes 2;
                pid %1$s/nginx.pid;
                error_log /dev/null;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  upstream models { server %2$s; keepalive 128; }
                  server {
                    listen 127.0.0.1:%3$d;
                    location / {
                      proxy_pass http://models;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(folder, upstream.getAuthority(), port));
        Process process = Command.of(folder, program().toString(), "-p", folder.toString(), "-c", configuration)
                .start();
        return Gateway.at(port, Map.of(), process);
    }
}
