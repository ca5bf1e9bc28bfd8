package io.otfd.conformance;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A module of an organization's registry, as a test publishes it. Its provider is {@code null}. */
record RegistryModule(String organization, String name) {

    static final String ALL = "/organizations/{org}/registry-modules";
    static final String ONE = ALL + "/private/{namespace}/{name}/null";

    /** A new one, without versions. */
    static RegistryModule create(Given given, Organization organization) {
        RegistryModule module = new RegistryModule(organization.name(), Given.name("part"));
        module.create(given.api()).then().statusCode(201);
        return module;
    }

    Response create(Api api) {
        return api.post(
                Document.of("registry-modules")
                        .with("name", name)
                        .with("provider", "null")
                        .with("registry-name", "private"),
                ALL,
                organization);
    }

    Response createVersion(Api api, String version) {
        return api.request(Document.of("registry-module-versions")
                        .with("version", version)
                        .with("commit-sha", "257a9bbf6ff6a1ff4a2b3c2bb1a1f0d1c8c0e3a1"))
                .post(ONE + "/versions", organization, organization, name);
    }

    /** A version of these files, by name. */
    RegistryModule publish(Given given, String version, Map<String, String> files) {
        String url = createVersion(given.api(), version)
                .then()
                .statusCode(201)
                .extract()
                .path("data.links.upload");
        TarGz archive = new TarGz();
        files.forEach((file, content) -> archive.file(file, content.getBytes(StandardCharsets.UTF_8)));
        given.api().upload(url, archive.bytes());
        return this;
    }

    /** A version with one resource, whose output says which version it is. */
    RegistryModule publish(Given given, String version) {
        return publish(
                given,
                version,
                Map.of("main.tf", """
                        resource "terraform_data" "part" {
                          input = "%1$s"
                        }

                        output "version" {
                          value = "%1$s"
                        }
                        """.formatted(version), "README.md", "# Part %s\n".formatted(version)));
    }

    Response read(Api api) {
        return api.get(ONE, organization, organization, name);
    }

    /** Terraform wants a dot in it. */
    static String host(Server server) {
        return server.host().replace("localhost", "127.0.0.1");
    }

    /** A configuration that uses it. */
    String used(Server server, String constraint) {
        return """
                module "part" {
                  source  = "%s/%s/%s/null"
                  version = "%s"
                }

                output "version" {
                  value = module.part.version
                }
                """.formatted(host(server), organization, name, constraint);
    }
}
