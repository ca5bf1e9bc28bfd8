package io.otfd.agent;

import io.otfd.agent.protocol.AgentStatus;
import io.otfd.agent.protocol.JobOffer;
import io.otfd.agent.protocol.Registered;
import io.otfd.agent.protocol.Registration;
import io.otfd.agent.protocol.Signal;
import io.otfd.agent.protocol.StatusReply;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The agent protocol's calls. The paths are the server's routes, too. */
public interface AgentApi {

    String REGISTER = "/api/agent/register";
    String STATUS = "/api/agent/status";
    String JOBS = "/api/agent/jobs";
    String SIGNALS = "/api/agent/jobs/{job}/signals";

    /** 200; 401 for a bad token. Authorized by the pool token. */
    @POST(REGISTER)
    Call<Registered> register(@Body Registration registration);

    /** 200; 409 when the report's lease is not current; 410 when the server gave this agent up. */
    @PUT(STATUS)
    Call<StatusReply> status(@Body AgentStatus status);

    /**
     * The next job, claimed, or 204 when none came within the hold.
     *
     * @param hold seconds the server may wait for a job
     * @param run of which the job must be, or null for any; 404 when that run has none for this agent, now and later
     */
    @GET(JOBS)
    Call<JobOffer> nextJob(@Query("hold") int hold, @Query("run") String run);

    /**
     * A signal stronger than {@code after}, or 204 when none came within the hold; 404 once the job is over.
     *
     * @param job the run's id
     * @param after the strongest signal acted upon: {@code none} or {@code cancel}
     */
    @GET(SIGNALS)
    Call<Signal> signal(
            @Path("job") String job,
            @Query("lease_id") String lease,
            @Query("after") String after,
            @Query("hold") int hold);
}
