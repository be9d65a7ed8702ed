namespace Sluice.Api.Webhooks;

/// <summary>Addresses may hold a token, and bodies are the tenant's: neither is logged, ids lead to both.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(1751, LogLevel.Information, "Delivery {Delivery} to webhook {Webhook} failed; status {Status}.")]
    public static partial void Failed(ILogger logger, string delivery, string webhook, int? status);

    [LoggerMessage(1752, LogLevel.Warning, "Delivery {Delivery} to webhook {Webhook} is given up.")]
    public static partial void GivenUp(ILogger logger, string delivery, string webhook);

    [LoggerMessage(1753, LogLevel.Warning, "Webhook {Webhook} is disabled: {Reason}.")]
    public static partial void Disabled(ILogger logger, string webhook, string reason);

    [LoggerMessage(1754, LogLevel.Error, "Delivery {Delivery} to webhook {Webhook} could not be made or noted.")]
    public static partial void Broken(ILogger logger, string delivery, string webhook, Exception e);
}
