package io.otfd.variable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.otfd.Ids.VariableId;
import io.otfd.Ids.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineVariablesTest {

    @Test
    void aTextIsQuotedSoThatNothingInItIsATemplate() {
        assertThat(EngineVariables.quote("a\"b\\c\n${x} %{y} $5"), is("\"a\\\"b\\\\c\\n$${x} %%{y} $5\""));
    }

    @Test
    void hclGoesAsItIs() {
        EngineVariables variables =
                EngineVariables.of(List.of(effective("list", "[1, 2]", Variable.Category.TERRAFORM, true)), Map.of());

        assertThat(variables.tfvars(), is("list = [1, 2]\n"));
    }

    @Test
    void theCommandLineWinsOverTheWorkspace() {
        EngineVariables variables = EngineVariables.of(
                List.of(effective("a", "workspace", Variable.Category.TERRAFORM, false)), Map.of("a", "\"line\""));

        assertThat(variables.tfvars(), is("a = \"line\"\n"));
    }

    @Test
    void environmentVariablesStayOutOfTheFile() {
        EngineVariables variables =
                EngineVariables.of(List.of(effective("A", "1", Variable.Category.ENV, false)), Map.of());

        assertThat(variables.tfvars(), is(""));
        assertThat(variables.environment(), is(Map.of("A", "1")));
    }

    @Test
    void aPrioritySetWinsOverTheCommandLine() {
        EngineVariables variables = EngineVariables.of(
                List.of(new EffectiveVariable(variable("a", "set", Variable.Category.TERRAFORM, false), true)),
                Map.of("a", "\"line\""));

        assertThat(variables.tfvars(), is("a = \"set\"\n"));
    }

    @Test
    void aNameThatNoConfigurationDeclaresStaysOut() {
        EngineVariables variables = EngineVariables.of(
                List.of(
                        effective("1a", "1", Variable.Category.TERRAFORM, false),
                        effective("-a", "1", Variable.Category.TERRAFORM, false)),
                Map.of());

        assertThat(variables.tfvars(), is(""));
    }

    private static EffectiveVariable effective(String key, String value, Variable.Category category, boolean hcl) {
        return new EffectiveVariable(variable(key, value, category, hcl), false);
    }

    private static Variable variable(String key, String value, Variable.Category category, boolean hcl) {
        return new Variable(
                VariableId.random(),
                WorkspaceId.random(),
                key,
                value,
                category,
                hcl,
                false,
                Optional.empty(),
                "varver-1",
                Instant.EPOCH);
    }
}
