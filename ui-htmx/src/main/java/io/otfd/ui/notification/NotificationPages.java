package io.otfd.ui.notification;

import io.otfd.Ids.NotificationConfigurationId;
import io.otfd.Page;
import io.otfd.Refusal;
import io.otfd.access.WorkspacePermission;
import io.otfd.notification.Delivery;
import io.otfd.notification.DeliveryResponse;
import io.otfd.notification.Destination;
import io.otfd.notification.NotificationConfiguration;
import io.otfd.notification.NotificationConfigurations;
import io.otfd.notification.NotificationView;
import io.otfd.ui.Badge;
import io.otfd.ui.Badge.Tone;
import io.otfd.ui.Choice;
import io.otfd.ui.ConfirmPage;
import io.otfd.ui.Crumb;
import io.otfd.ui.Filled;
import io.otfd.ui.Form;
import io.otfd.ui.Frames;
import io.otfd.ui.Links;
import io.otfd.ui.Moment;
import io.otfd.ui.Paging;
import io.otfd.ui.Reply;
import io.otfd.ui.Routes;
import io.otfd.ui.Visit;
import io.otfd.ui.WorkspaceTab;
import io.otfd.workspace.Workspace;
import io.otfd.workspace.WorkspaceView;
import io.otfd.workspace.Workspaces;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is told of a workspace's runs, and how that went. Keys for signatures are written and never shown. */
public final class NotificationPages {

    private static final String NOTIFICATIONS = "/app/{organization}/workspaces/{workspace}/notifications";
    private static final String NOTIFICATION = NOTIFICATIONS + "/{notification}";

    private final Frames frames;
    private final Workspaces workspaces;
    private final NotificationConfigurations configurations;

    public NotificationPages(Frames frames, Workspaces workspaces, NotificationConfigurations configurations) {
        this.frames = frames;
        this.workspaces = workspaces;
        this.configurations = configurations;
    }

    public void register(Routes routes) {
        routes.get(NOTIFICATIONS, visit -> list(visit, 200, NotificationForm.fresh()));
        routes.post(NOTIFICATIONS, this::create);
        routes.get(NOTIFICATION, this::show);
        routes.post(NOTIFICATION, this::update);
        routes.post(NOTIFICATION + "/enabled", this::enable);
        routes.post(NOTIFICATION + "/verify", this::verify);
        routes.get(NOTIFICATION + "/delete", this::askToDelete);
        routes.post(NOTIFICATION + "/delete", this::delete);
    }

    private WorkspaceView workspace(Visit visit) {
        WorkspaceView view = workspaces.read(visit.caller(), visit.path("organization"), visit.path("workspace"));
        view.grants().require(WorkspacePermission.CAN_UPDATE);
        return view;
    }

    private static String url(WorkspaceView view) {
        return Links.notifications(
                view.workspace().organizationName(), view.workspace().name());
    }

    private static String url(WorkspaceView view, NotificationConfiguration configuration) {
        return url(view) + "/" + configuration.id().value();
    }

    private Reply list(Visit visit, int status, Filled form) {
        WorkspaceView view = workspace(visit);
        List<NotificationView> all = configurations
                .list(visit.caller(), view.workspace().id(), Page.Request.LARGEST)
                .items();
        return new Reply.Html(
                status,
                "notification/list",
                new NotificationListPage(
                        frames.of(visit, "Notifications", view, WorkspaceTab.NOTIFICATIONS),
                        url(view),
                        all.stream().map(each -> row(view, each)).toList(),
                        form,
                        NotificationForm.TRIGGERS));
    }

    private static NotificationListPage.Row row(WorkspaceView view, NotificationView shown) {
        NotificationConfiguration configuration = shown.configuration();
        return new NotificationListPage.Row(
                configuration.name(),
                url(view, configuration),
                words(configuration.destination()),
                configuration.enabled() ? new Badge("Enabled", Tone.GOOD) : new Badge("Disabled", Tone.QUIET),
                shown.responses().stream()
                        .limit(1)
                        .map(NotificationPages::badge)
                        .toList(),
                configuration.triggers().stream().map(NotificationPages::words).toList());
    }

    private static Badge badge(DeliveryResponse response) {
        return response.successful() ? new Badge("Delivered", Tone.GOOD) : new Badge("Failed", Tone.BAD);
    }

    private static String words(String trigger) {
        return NotificationForm.TRIGGERS.stream()
                .filter(choice -> choice.value().equals(trigger))
                .map(Choice::label)
                .findFirst()
                .orElse(trigger);
    }

    private static String words(Destination destination) {
        return switch (destination) {
            case GENERIC -> "Webhook";
            case SLACK -> "Slack";
            case MICROSOFT_TEAMS -> "Microsoft Teams";
            case EMAIL -> "E-mail";
        };
    }

    private Reply create(Visit visit) {
        Form form = visit.form();
        WorkspaceView view = workspace(visit);
        try {
            Destination destination = Destination.of(form.exact("destination-type"));
            NotificationConfiguration made = configurations
                    .create(
                            visit.caller(),
                            view.workspace().id(),
                            destination,
                            draft -> NotificationForm.typed(draft, destination, form)
                                    .enabled(form.has("enabled")))
                    .configuration();
            return Reply.Redirect.to(url(view)).saying("Notification " + made.name() + " was added.");
        } catch (Refusal.Invalid | Refusal.Malformed e) {
            return list(visit, 422, kept(form, e));
        }
    }

    /** A secret does not travel back into the page. A destination that does not answer is a matter of its URL. */
    private static Filled kept(Form form, Refusal refusal) {
        Filled filled = refusal instanceof Refusal.Malformed
                ? new Filled(form, Optional.of(refusal.getMessage()), Optional.of("url"))
                : Filled.refused(form, refusal);
        return filled.without("token");
    }

    private NotificationConfiguration read(Visit visit, WorkspaceView view) {
        NotificationConfiguration configuration = configurations
                .read(visit.caller(), new NotificationConfigurationId(visit.path("notification")))
                .configuration();
        if (!configuration.subscribable().equals(view.workspace().id())) {
            throw new Refusal.NotFound();
        }
        return configuration;
    }

    private Reply show(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        return page(visit, view, configuration, 200, NotificationForm.of(configuration));
    }

    private Reply page(
            Visit visit, WorkspaceView view, NotificationConfiguration configuration, int status, Filled form) {
        String url = url(view, configuration);
        Page<Delivery> deliveries =
                configurations.deliveries(visit.caller(), configuration.id(), Paging.request(visit.query()));
        return new Reply.Html(
                status,
                "notification/show",
                new NotificationPage(
                        frames.of(
                                visit,
                                configuration.name(),
                                view,
                                WorkspaceTab.NOTIFICATIONS,
                                new Crumb("Notifications", url(view))),
                        url,
                        configuration.name(),
                        configuration.id().value(),
                        configuration.destination().toString(),
                        words(configuration.destination()),
                        configuration.enabled(),
                        configuration.token().isPresent(),
                        form,
                        NotificationForm.TRIGGERS,
                        NotificationForm.edition(configuration).text(),
                        deliveries.items().stream()
                                .map(delivery -> line(view.workspace(), delivery))
                                .toList(),
                        Paging.of(deliveries, url, Map.of())));
    }

    private static NotificationPage.Delivery line(Workspace workspace, Delivery delivery) {
        return new NotificationPage.Delivery(
                Moment.of(delivery.sentAt().orElse(delivery.createdAt())),
                delivery.message(),
                delivery.run().map(run -> run.value()),
                delivery.run().map(run -> Links.run(workspace.organizationName(), workspace.name(), run.value())),
                switch (delivery.status()) {
                    case "delivered" -> new Badge("Delivered", Tone.GOOD);
                    case "failed" -> new Badge("Failed", Tone.BAD);
                    default ->
                        delivery.attempts() == 0
                                ? new Badge("Waiting", Tone.QUIET)
                                : new Badge("Trying again", Tone.ATTENTION);
                },
                delivery.attempts(),
                delivery.code().map(String::valueOf).orElse(""),
                delivery.error().orElse(delivery.body()));
    }

    private Reply update(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        Form form = visit.form();
        try {
            NotificationForm.edition(configuration).require(form);
            configurations.update(
                    visit.caller(),
                    configuration.id(),
                    before -> NotificationForm.typed(before, configuration.destination(), form));
            return Reply.Redirect.to(url(view, configuration))
                    .saying("Notification " + configuration.name() + " was saved.");
        } catch (Refusal.Invalid | Refusal.Malformed e) {
            return page(visit, view, configuration, 422, kept(form, e));
        } catch (Refusal.Conflict e) {
            return page(visit, view, read(visit, view), 409, kept(form, e));
        }
    }

    private Reply enable(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        boolean wanted = visit.form().exact("enabled").equals("true");
        try {
            configurations.update(visit.caller(), configuration.id(), before -> before.enabled(wanted));
            return Reply.Redirect.to(url(view, configuration))
                    .saying("Notification " + configuration.name() + " was " + (wanted ? "enabled." : "disabled."));
        } catch (Refusal.Malformed e) {
            return refused(visit, view, configuration, e);
        }
    }

    private Reply verify(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        try {
            configurations.verify(visit.caller(), configuration.id());
            return Reply.Redirect.to(url(view, configuration)).saying("A message was delivered.");
        } catch (Refusal.Malformed e) {
            return refused(visit, view, configuration, e);
        }
    }

    private Reply refused(
            Visit visit, WorkspaceView view, NotificationConfiguration configuration, Refusal.Malformed refusal) {
        return page(
                visit,
                view,
                configuration,
                422,
                new Filled(
                        NotificationForm.of(configuration).values(),
                        Optional.of(refusal.getMessage()),
                        Optional.of("url")));
    }

    private Reply askToDelete(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        return Reply.Html.of(
                "confirm",
                ConfirmPage.of(
                        frames.of(
                                visit,
                                "Delete notification " + configuration.name(),
                                view,
                                WorkspaceTab.NOTIFICATIONS,
                                new Crumb("Notifications", url(view))),
                        url(view, configuration) + "/delete",
                        "Delete notification",
                        url(view),
                        "Nothing is sent from now on, and its history goes, too. This cannot be undone."));
    }

    private Reply delete(Visit visit) {
        WorkspaceView view = workspace(visit);
        NotificationConfiguration configuration = read(visit, view);
        configurations.delete(visit.caller(), configuration.id());
        return Reply.Redirect.to(url(view)).saying("Notification " + configuration.name() + " was deleted.");
    }
}
