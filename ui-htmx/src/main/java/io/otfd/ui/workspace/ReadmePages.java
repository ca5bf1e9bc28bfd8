package io.otfd.ui.workspace;

import io.otfd.configuration.Readmes;
import io.otfd.ui.Frames;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.ui.markdown.Markdown;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;

/** The README of a workspace's configuration: a page of its own, that the overview loads when it is there. */
public final class ReadmePages {

    private final Frames frames;
    private final Workspaces workspaces;
    private final Readmes readmes;

    public ReadmePages(Frames frames, Workspaces workspaces, Readmes readmes) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.readmes = readmes;
    }

    public void register(Routes routes) {
        routes.get("/app/{organization}/workspaces/{workspace}/readme", this::show);
    }

    private Reply show(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        return Reply.Html.of(
                "workspace/readme",
                new ReadmePage(
                        frames.of(visit, "README", view, WorkspaceTab.OVERVIEW),
                        readmes.of(visit.caller(), view).map(Markdown::render)));
    }
}
