using Microsoft.Extensions.Options;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks</c></summary>
internal static class CreateWebhook
{
    /// <param name="Url">Where deliveries are posted to.</param>
    /// <param name="Events">
    /// <c>limit.warning</c>, <c>limit.blocked</c>, <c>limit.resolved</c>, <c>statement.closed</c>, <c>test</c>;
    /// <c>*</c> for all.
    /// </param>
    internal sealed record Request(string? Url, IReadOnlyList<string?>? Events);

    /// <param name="Secret">What signs deliveries; shown this once.</param>
    internal sealed record Response(
        string Id,
        string Url,
        IReadOnlyList<string> Events,
        string Secret,
        WebhookState State,
        string CreatedBy,
        DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/webhooks", HandleAsync)
        .Needs(Permission.ManageNotifications)
        .AsAction()
        .Describe("CreateWebhook", "Has events posted to an address; the secret that signs them is shown this once")
        .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Request request,
        ControlTransaction tx,
        IWebhookStore webhooks,
        SealedSecrets secrets,
        IOptions<SluiceOptions> options,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var url = WebhookUrl.Check(rules, "url", request.Url, options.Value.WebhookPrivate);
        var events = WebhookFields.CheckEvents(rules, request.Events);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var secret = WebhookSecret.Make();
        var webhook = new NewWebhook(IdText.NewValue(), url, events, secrets.SealForWebhook(secret));
        return Reply.Of(
            await webhooks.CreateAsync(tx, t.Value, webhook, ct),
            made => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/webhooks/{Ids.Webhook(made.Id)}",
                new Response(
                    Ids.Webhook(made.Id),
                    made.Url,
                    made.Events,
                    WebhookSecret.TextOf(secret),
                    WebhookState.Enabled,
                    made.CreatedBy,
                    made.CreatedAt)));
    }
}
