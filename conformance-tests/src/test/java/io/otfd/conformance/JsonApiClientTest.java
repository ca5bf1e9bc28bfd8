package io.otfd.conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.github.jasminb.jsonapi.JSONAPIDocument;
import com.github.jasminb.jsonapi.ResourceConverter;
import com.github.jasminb.jsonapi.annotations.Id;
import com.github.jasminb.jsonapi.annotations.Relationship;
import com.github.jasminb.jsonapi.annotations.Type;
import com.github.jasminb.jsonapi.retrofit.JSONAPIConverterFactory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retrofit2.Call;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** Our documents read by a library that others wrote. */
@ExtendWith(OtfdExtension.class)
class JsonApiClientTest {

    /** The calls of a Java program that watches workspaces. */
    interface Client {
        @GET("api/v2/organizations/{org}/workspaces")
        Call<JSONAPIDocument<List<WorkspaceDocument>>> workspaces(
                @Path("org") String organization, @Query("include") String include);

        @GET("api/v2/workspaces/{id}/runs")
        Call<JSONAPIDocument<List<RunDocument>>> runs(@Path("id") String workspace);

        @GET("api/v2/organizations/{org}/agent-pools")
        Call<JSONAPIDocument<List<AgentPoolDocument>>> agentPools(@Path("org") String organization);
    }

    @Type("organizations")
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class OrganizationDocument {
        @Id
        String id;

        String email;
    }

    @Type("workspaces")
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class WorkspaceDocument {
        @Id
        String id;

        String name;
        String executionMode;
        boolean locked;
        int resourceCount;
        Map<String, Boolean> permissions;

        @Relationship("organization")
        OrganizationDocument organization;

        @Relationship("agent-pool")
        AgentPoolDocument agentPool;
    }

    @Type("agent-pools")
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class AgentPoolDocument {
        @Id
        String id;

        String name;
        boolean organizationScoped;
        int agentCount;

        @Relationship("workspaces")
        List<WorkspaceDocument> workspaces;
    }

    @Type("runs")
    @JsonIgnoreProperties(ignoreUnknown = true)
    static final class RunDocument {
        @Id
        String id;

        String status;
        String message;
        boolean planOnly;
        Map<String, Boolean> actions;

        @Relationship("workspace")
        WorkspaceDocument workspace;
    }

    private static Client client(Server server) {
        ObjectMapper mapper = new ObjectMapper()
                .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.setVisibility(mapper.getVisibilityChecker().withFieldVisibility(JsonAutoDetect.Visibility.NON_PRIVATE));
        ResourceConverter converter = new ResourceConverter(
                mapper,
                OrganizationDocument.class,
                WorkspaceDocument.class,
                AgentPoolDocument.class,
                RunDocument.class);
        converter.enableDeserializationOption(
                com.github.jasminb.jsonapi.DeserializationFeature.ALLOW_UNKNOWN_INCLUSIONS);
        OkHttpClient http = new OkHttpClient.Builder()
                .sslSocketFactory(server.tls().getSocketFactory(), server.trustManager())
                .addInterceptor(chain -> chain.proceed(chain.request()
                        .newBuilder()
                        .header("Authorization", "Bearer " + server.token())
                        .build()))
                .build();
        return new Retrofit.Builder()
                .baseUrl(server.address().toString() + "/")
                .client(http)
                .addConverterFactory(new JSONAPIConverterFactory(converter))
                .build()
                .create(Client.class);
    }

    private static <T> JSONAPIDocument<T> body(Call<JSONAPIDocument<T>> call) throws IOException {
        Response<JSONAPIDocument<T>> response = call.execute();
        assertThat(response.code(), equalTo(200));
        return response.body();
    }

    @Test
    void workspacesAreRead(Shared shared) throws IOException {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        Workspace one = given.workspace(organization);
        Workspace two = given.workspace(new Organization(organization.name(), Optional.empty()));

        JSONAPIDocument<List<WorkspaceDocument>> document =
                body(client(shared.server()).workspaces(organization.name(), "organization"));

        List<WorkspaceDocument> workspaces = document.get();
        assertThat(workspaces.stream().map(workspace -> workspace.id).toList(), containsInAnyOrder(one.id(), two.id()));
        assertThat(document.getMeta().get("pagination"), notNullValue());
        for (WorkspaceDocument workspace : workspaces) {
            assertThat(workspace.organization.id, equalTo(organization.name()));
            assertThat(workspace.organization.email, equalTo("ops@example.com"));
            assertThat(workspace.permissions.get("can-update"), equalTo(true));
            assertThat(workspace.executionMode, equalTo(workspace.id.equals(one.id()) ? "agent" : "remote"));
        }
    }

    @Test
    void runsAreRead(Shared shared) throws IOException {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();
        Workspace workspace = given.workspace(organization);
        String run = given.run(workspace, Map.of("plan-only", true, "message", "ünïcode"), "# nothing\n");

        List<RunDocument> runs =
                body(client(shared.server()).runs(workspace.id())).get();

        assertThat(runs, hasSize(1));
        assertThat(runs.getFirst().id, equalTo(run));
        assertThat(runs.getFirst().message, equalTo("ünïcode"));
        assertThat(runs.getFirst().planOnly, equalTo(true));
        assertThat(runs.getFirst().actions.get("is-confirmable"), equalTo(false));
    }

    @Test
    void agentPoolsAreRead(Shared shared) throws IOException {
        Given given = shared.given();
        Organization organization = given.organizationWithPool();

        List<AgentPoolDocument> pools =
                body(client(shared.server()).agentPools(organization.name())).get();

        assertThat(pools, hasSize(1));
        assertThat(pools.getFirst().id, equalTo(organization.pool().orElseThrow()));
        assertThat(pools.getFirst().organizationScoped, equalTo(true));
        assertThat(pools.getFirst().agentCount, equalTo(0));
    }
}
