#!/usr/bin/env bash
# jackson-dataformat-yaml 2.23.0 (Maven Central) with MINIMIZE_QUOTES and ALWAYS_QUOTE_NUMBERS_AS_STRINGS writes the text 1:30.5 without quotes.
# To its own parser that is a number to the base of 60 with a fraction, which it then cannot make: reading the document back fails with
# "Malformed numeric value". 010, 1e3, .inf and off are quoted as they should be; 1:30 is not, and comes back as a text.
# In a tree, an alias is the text of its name and not the value that it stands for: after "a: &x 1", "b: *x" is "x". readTree takes the
# first of several documents, and says nothing of the others. Whoever reads files that people write has to look at the parser's tokens.
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
      <groupId>com.fasterxml.jackson.dataformat</groupId>
      <artifactId>jackson-dataformat-yaml</artifactId>
      <version>2.23.0</version>
    </dependency>
  </dependencies>
</project>
POM
mvn --batch-mode --quiet org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > maven.log 2>&1
cat > Finding.java <<'JAVA'
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;

public class Finding {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    public static void main(String[] arguments) throws Exception {
        written("010", "a: \"010\"", "010");
        written(".inf", "a: \".inf\"", ".inf");
        written("1:30", "a: 1:30", "1:30");
        written("1:30.5", "a: 1:30.5", "Malformed numeric value '1:30.5'");
        expect("alias", YAML.readTree("a: &x 1\nb: *x\n").path("b").toString(), "\"x\"");
        expect("two documents", YAML.readTree("a: 1\n---\nb: 2\n").toString(), "{\"a\":1}");
    }

    private static void written(String text, String yaml, String back) throws Exception {
        String seen = YAML.writeValueAsString(Map.of("a", text)).strip();
        expect("the text " + text + " is written as", seen, yaml);
        expect("and read as", read(seen), back);
    }

    private static String read(String yaml) {
        try {
            return YAML.readTree(yaml).path("a").textValue();
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        }
    }

    private static void expect(String what, String seen, String expected) {
        System.out.println(what + ": " + seen);
        if (!seen.equals(expected)) {
            System.exit(1);
        }
    }
}
JAVA
echo "jackson-dataformat-yaml 2.23.0"
java -cp 'lib/*' Finding.java
