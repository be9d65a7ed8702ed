namespace Sluice.Api.Webhooks;

/// <summary>
/// Log messages about webhooks. URLs may hold a token, and bodies belong to the tenant: neither is logged; ids lead to
/// both.
/// </summary>
internal static partial class WebhookLog
{
    [LoggerMessage(1751, LogLevel.Information, "Delivery {Delivery} to webhook {Webhook} failed with status {Status}.")]
    public static partial void Failed(ILogger logger, string delivery, string webhook, int? status);

    [LoggerMessage(1752, LogLevel.Warning, "Delivery {Delivery} to webhook {Webhook} abandoned.")]
    public static partial void GivenUp(ILogger logger, string delivery, string webhook);

    [LoggerMessage(1753, LogLevel.Warning, "Webhook {Webhook} disabled: {Reason}.")]
    public static partial void Disabled(ILogger logger, string webhook, string reason);

    [LoggerMessage(1754, LogLevel.Error, "Delivery {Delivery} to webhook {Webhook} could not be sent or recorded.")]
    public static partial void Broken(ILogger logger, string delivery, string webhook, Exception e);
}
