namespace Sluice.Api.Mail;

/// <summary>
/// Log messages about mail. They contain no address, and nothing that a server said, because it may repeat one.
/// </summary>
internal static partial class MailLog
{
    [LoggerMessage(1611, LogLevel.Warning, "SLUICE_SMTP is not set: mails stay in the outbox.")]
    public static partial void NoServer(ILogger logger);

    [LoggerMessage(1612, LogLevel.Warning, "The mail server can't be used; mails wait: {Reason}")]
    public static partial void ServerAway(ILogger logger, string reason);

    [LoggerMessage(1613, LogLevel.Information, "The mail server takes mails again.")]
    public static partial void ServerBack(ILogger logger);

    [LoggerMessage(1614, LogLevel.Warning, "Mail {Mail} abandoned after {Attempts} attempts.")]
    public static partial void GivenUp(ILogger logger, string mail, int attempts);

    [LoggerMessage(1615, LogLevel.Error, "Failed to compose mail {Mail}: {Reason}")]
    public static partial void NotComposed(ILogger logger, string mail, string reason);
}
