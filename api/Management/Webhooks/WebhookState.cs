namespace Sluice.Api.Management.Webhooks;

/// <summary>Whether deliveries are sent to a webhook.</summary>
internal enum WebhookState
{
    Enabled,
    Disabled,
}
