#!/usr/bin/env bash
# networknt's json-schema-validator 2.0.8 (Maven Central) compiles a schema without holding it against its meta-schema, and only some
# keywords look at their own value. A "minimum" that is a text raises a SchemaException; a "type" that no JSON value has is taken, and then
# nothing is valid; a "required" or "properties" of the wrong kind is taken, and then it demands nothing. So that compiling a schema that
# a customer wrote succeeds says little: whoever wants to refuse a misspelt one must validate it against the meta-schema first.
# Needs Maven and a JDK of 17 or later. Exits 0 while this is so. Seen on 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > pom.xml <<'POM'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.networknt</groupId>
      <artifactId>json-schema-validator</artifactId>
      <version>2.0.8</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId>
      <artifactId>slf4j-nop</artifactId>
      <version>2.0.17</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > maven.log 2>&1
cat > Finding.java <<'JAVA'
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.fasterxml.jackson.databind.ObjectMapper;

public class Finding {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] arguments) throws Exception {
        expect("{\"minimum\":\"3\"}", "2", "refused");
        expect("{\"type\":\"strng\"}", "\"text\"", "taken, the value is invalid");
        expect("{\"type\":5}", "5", "taken, the value is invalid");
        expect("{\"required\":\"name\"}", "{}", "taken, the value is valid");
        expect("{\"properties\":[\"name\"]}", "{}", "taken, the value is valid");
    }

    private static void expect(String schema, String value, String expected) throws Exception {
        String seen = seen(schema, value);
        System.out.println(schema + " for " + value + ": " + seen);
        if (!seen.equals(expected)) {
            System.exit(1);
        }
    }

    private static String seen(String text, String value) throws Exception {
        try {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(JSON.readTree(text));
            schema.initializeValidators();
            return "taken, the value is " + (schema.validate(JSON.readTree(value)).isEmpty() ? "valid" : "invalid");
        } catch (SchemaException refused) {
            return "refused";
        }
    }
}
JAVA
echo "json-schema-validator 2.0.8"
java -cp 'lib/*' Finding.java
