package io.otfd.agent.job;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.jasminb.jsonapi.annotations.Id;
import com.github.jasminb.jsonapi.annotations.Relationship;
import com.github.jasminb.jsonapi.annotations.Type;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.Path;

/** What the agent asks of the JSON:API, with the run's token. */
interface StateApi {

    /** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions#create-a-state-version */
    @POST("/api/v2/workspaces/{workspace}/state-versions")
    Call<StateVersion> create(@Path("workspace") String workspace, @Body StateVersion stateVersion);

    @Type("state-versions")
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    class StateVersion {

        @Id
        public String id;

        public Long serial;
        public String lineage;
        public String md5;
        public Boolean force;

        @JsonProperty("hosted-state-upload-url")
        public String hostedStateUploadUrl;

        @Relationship("run")
        public Run run;
    }

    @Type("runs")
    @JsonIgnoreProperties(ignoreUnknown = true)
    class Run {

        @Id
        public String id;
    }
}
