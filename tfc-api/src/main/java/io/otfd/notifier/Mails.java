package io.otfd.notifier;

import io.otfd.notification.Notification;
import io.otfd.notification.Receipt;
import jakarta.mail.Authenticator;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Mail in plain text. No recipient sees another: the envelope alone names them. */
final class Mails {

    private static final String TIMEOUT_MILLIS = "5000";
    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int MAX_ERROR = 512;

    private final Optional<MailSettings> settings;
    private final Payload payload;

    Mails(Optional<MailSettings> settings, Payload payload) {
        this.settings = settings;
        this.payload = payload;
    }

    Receipt deliver(Notification notification) {
        if (settings.isEmpty()) {
            return Receipt.failed(
                    "the site has no SMTP server: its administrator sets one with --smtp-address and --smtp-from",
                    false);
        }
        List<String> recipients = notification.recipients();
        if (recipients.isEmpty()) {
            return Receipt.failed("there are no recipients", false);
        }
        try {
            send(settings.get(), notification, recipients);
            return Receipt.arrived();
        } catch (SendFailedException e) {
            return Receipt.failed(words(e), e.getValidSentAddresses() == null);
        } catch (MessagingException e) {
            return Receipt.failed(words(e), true);
        }
    }

    private static String words(MessagingException failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return Text.clean(message.strip(), MAX_ERROR);
    }

    private void send(MailSettings how, Notification notification, List<String> recipients) throws MessagingException {
        Session session = session(how);
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(how.from()));
        message.setSubject(Payload.title(notification).replaceAll("[\\r\\n]+", " "), UTF_8);
        message.setText(payload.of(notification), UTF_8);
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setSentDate(Date.from(Instant.now()));
        message.setHeader("To", "undisclosed-recipients:;");
        InternetAddress[] envelope = new InternetAddress[recipients.size()];
        for (int i = 0; i < envelope.length; i++) {
            envelope[i] = new InternetAddress(recipients.get(i), true);
        }
        message.saveChanges();
        try (Transport transport = session.getTransport()) {
            transport.connect();
            transport.sendMessage(message, envelope);
        }
    }

    private static Session session(MailSettings how) {
        String protocol = how.encryption() == MailSettings.Encryption.tls ? "smtps" : "smtp";
        String prefix = "mail." + protocol + ".";
        Properties properties = new Properties();
        properties.put("mail.transport.protocol", protocol);
        properties.put(prefix + "host", how.host());
        properties.put(prefix + "port", Integer.toString(how.port()));
        properties.put(prefix + "connectiontimeout", TIMEOUT_MILLIS);
        properties.put(prefix + "timeout", TIMEOUT_MILLIS);
        properties.put(prefix + "writetimeout", TIMEOUT_MILLIS);
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (how.encryption() == MailSettings.Encryption.starttls) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", "true");
        }
        if (how.username().isEmpty()) {
            return Session.getInstance(properties);
        }
        properties.put(prefix + "auth", "true");
        return Session.getInstance(properties, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(
                        how.username().orElseThrow(), how.password().orElse(""));
            }
        });
    }
}
