package network.cortensor.portal.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** GitHub's workflows: no job may do more than it needs, nothing moves that they build on, and a fork, which has no roles, stays green. */
class WorkflowsTest {
    private static final Path FOLDER = Project.ROOT.resolve(".github/workflows");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String TAKES_A_ROLE = "aws-actions/configure-aws-credentials@";
    private static final String FORK = "github.event.pull_request.head.repo.fork";

    /** An action by its commit, with the version that a person reads beside it. A tag may be moved by whoever owns the action. */
    private static final Pattern PINNED =
            Pattern.compile("uses: ([\\w-]+/[\\w-]+)@([0-9a-f]{40}) # (v\\d+\\.\\d+\\.\\d+)");

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static JsonNode workflow(String name) throws IOException {
        return read(FOLDER.resolve(name));
    }

    private static List<Map.Entry<String, JsonNode>> jobs() throws IOException {
        List<Map.Entry<String, JsonNode>> jobs = new ArrayList<>();
        for (Path file : files()) {
            jobs.addAll(read(file).path("jobs").properties());
        }
        return jobs;
    }

    private static Stream<JsonNode> steps(JsonNode job) {
        return StreamSupport.stream(job.path("steps").spliterator(), false);
    }

    private static boolean takesARole(JsonNode job) {
        return steps(job).anyMatch(step -> step.path("uses").asText().startsWith(TAKES_A_ROLE));
    }

    @Test
    void everyActionIsTheSameCommitWhereverItIsUsed() throws IOException {
        Map<String, String> commits = new HashMap<>();
        assertThat(files()).isNotEmpty().allSatisfy(file -> {
            List<String> used = Project.text(file)
                    .lines()
                    .filter(line -> line.contains("uses:") && !line.contains("uses: ./"))
                    .toList();
            assertThat(used).allSatisfy(line -> {
                MatchResult pinned =
                        PINNED.matcher(line).results().findFirst().orElseThrow(() -> new AssertionError(line));
                String commit = pinned.group(2) + " " + pinned.group(3);
                assertThat(commits.merge(pinned.group(1), commit, (before, _) -> before))
                        .as(pinned.group(1))
                        .isEqualTo(commit);
            });
        });
        assertThat(commits).hasSizeGreaterThan(5);
    }

    @Test
    void nobodyMayWriteAndATokenIsForThoseWhoTakeARoleAlone() throws IOException {
        assertThat(files())
                .allSatisfy(file -> assertThat(read(file).path("permissions")).hasToString("{\"contents\":\"read\"}"));
        assertThat(jobs()).allSatisfy(job -> {
            boolean role = takesARole(job.getValue())
                    || job.getValue().path("uses").asText().contains("deploy-environment");
            assertThat(job.getValue().path("permissions").toString())
                    .as(job.getKey())
                    .isEqualTo(role ? "{\"contents\":\"read\",\"id-token\":\"write\"}" : "");
        });
        assertThat(jobs()).filteredOn(job -> takesARole(job.getValue())).hasSize(2);
    }

    @Test
    void aRoleIsTakenByTokenAndTheOnlySecretIsACustomersKey() throws IOException {
        assertThat(files()).extracting(Project::text).allSatisfy(text -> {
            assertThat(text).doesNotContain("aws-access-key-id").doesNotContain("aws-secret-access-key");
            assertThat(text.replace("secrets.SMOKE_KEY", "")).doesNotContain("secrets.");
        });
        assertThat(jobs().stream()
                        .flatMap(job -> steps(job.getValue()))
                        .map(step -> step.at("/with/role-to-assume").asText())
                        .filter(role -> !role.isEmpty()))
                .containsExactlyInAnyOrder("${{ vars.DIFF_ROLE }}", "${{ vars.DEPLOY_ROLE }}");
    }

    /** GitHub gives a fork's pull request neither variables nor tokens. There is a step that says so, and no other one runs. */
    @Test
    void withoutARoleAJobSaysSoAndDoesNothing() throws IOException {
        assertThat(conditions("deploy.yml", "difference", "vars.DIFF_ROLE == '' || " + FORK))
                .containsOnly("vars.DIFF_ROLE != '' && !" + FORK);
        assertThat(conditions("deploy-environment.yml", "deploy", "vars.DEPLOY_ROLE == ''"))
                .containsOnly("vars.DEPLOY_ROLE != ''");
    }

    /** @return those of all other steps */
    private static List<String> conditions(String file, String job, String ofTheOneThatSaysSo) throws IOException {
        JsonNode found = workflow(file).path("jobs").path(job);
        assertThat(steps(found).filter(step -> step.path("if").asText().equals(ofTheOneThatSaysSo)))
                .singleElement()
                .satisfies(step -> assertThat(step.path("run").asText()).contains("GITHUB_STEP_SUMMARY"));
        return steps(found)
                .map(step -> step.path("if").asText("none"))
                .filter(condition -> !condition.equals(ofTheOneThatSaysSo))
                .toList();
    }

    @Test
    void aPullRequestDeploysNothingAndEnvironmentsComeOneAfterTheOther() throws IOException {
        JsonNode workflow = workflow("deploy.yml");
        // YAML 1.1 reads the word "on" as a truth value.
        JsonNode triggers = workflow.has("on") ? workflow.path("on") : workflow.path("true");
        JsonNode jobs = workflow.path("jobs");

        assertThat(triggers.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("pull_request", "push");
        assertThat(triggers.at("/push/branches")).hasToString("[\"main\"]");
        assertThat(jobs.at("/dev/if").asText()).isEqualTo("github.event_name == 'push'");
        assertThat(jobs.at("/dev/needs").asText()).isEqualTo("templates");
        assertThat(jobs.at("/staging/needs").asText()).isEqualTo("dev");
        assertThat(jobs.at("/prod/needs").asText()).isEqualTo("staging");
        for (String environment : List.of("dev", "staging", "prod")) {
            assertThat(jobs.path(environment).at("/with/environment").asText()).isEqualTo(environment);
        }
        assertThat(workflow("deploy-environment.yml")
                        .at("/jobs/deploy/environment")
                        .asText())
                .isEqualTo("${{ inputs.environment }}");
    }

    /** The title of a pull request, or the name of a branch, would be run as a part of the command. */
    @Test
    void noCommandHoldsWhatAStrangerMayWrite() throws IOException {
        Pattern expression = Pattern.compile("\\$\\{\\{ *([^} ]+) *}}");

        assertThat(jobs().stream()
                        .flatMap(job -> steps(job.getValue()))
                        .flatMap(step ->
                                expression.matcher(step.path("run").asText()).results())
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .containsOnly("matrix.environment", "inputs.environment");
    }

    /** What a package runs when it is installed would run with the role. */
    @Test
    void whoHasARoleRunsNothingOfWhatIsInstalled() throws IOException {
        assertThat(jobs().stream()
                        .map(Map.Entry::getValue)
                        .filter(WorkflowsTest::takesARole)
                        .flatMap(WorkflowsTest::steps)
                        .flatMap(step -> step.path("run").asText().lines())
                        .filter(line -> line.contains("npm ")))
                .hasSize(2)
                .allMatch(line -> line.contains("npm ci --ignore-scripts"));
    }

    @Test
    void everyJobEndsSomeTime() throws IOException {
        assertThat(jobs())
                .allSatisfy(job -> assertThat(job.getValue().has("timeout-minutes")
                                || job.getValue().has("uses"))
                        .as(job.getKey())
                        .isTrue());
    }

    /** An approval and a canary may take long, but a role's session must not end before the job. */
    @Test
    void aRoleIsTakenForAsLongAsItsJobMayRun() throws IOException {
        JsonNode job = workflow("deploy-environment.yml").at("/jobs/deploy");

        assertThat(steps(job).map(step -> step.at("/with/role-duration-seconds").asInt()))
                .contains(job.path("timeout-minutes").asInt() * 60);
    }
}
