namespace Sluice.Api.Management.Webhooks;

/// <summary>Whether anything is sent to a webhook.</summary>
internal enum WebhookState
{
    Enabled,
    Disabled,
}
