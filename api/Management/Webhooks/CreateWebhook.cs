using Microsoft.Extensions.Options;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary><c>POST /api/v1/tenants/{t}/webhooks</c></summary>
internal sealed class CreateWebhook(
    UnitOfWork work,
    WebhookStore webhooks,
    SealedSecrets secrets,
    IOptions<SluiceOptions> options)
    : ManagementEndpoint<CreateWebhookRequest>
{
    public override void Configure()
    {
        Post("/webhooks");
        Group<WebhooksEndpoints>();
        Requires(Permission.ManageNotifications);
        Transactional();
        Describe("Create a webhook that posts events to a URL; its signing secret is shown once");
        Returns<CreateWebhookResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(CreateWebhookRequest request, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var url = WebhookUrl.Check(rules, "url", request.Url, options.Value.WebhookPrivate);
        var events = WebhookFields.CheckEvents(rules, request.Events);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        var secret = WebhookSecret.Make();
        var webhook = new NewWebhook(IdText.NewValue(), url, events, secrets.SealForWebhook(secret));
        return ApiResult.Of(
            await webhooks.CreateAsync(work, TenantId, webhook, ct),
            made => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/webhooks/{Ids.Webhook(made.Id)}",
                new CreateWebhookResponse(
                    Ids.Webhook(made.Id),
                    made.Url,
                    made.Events,
                    WebhookSecret.TextOf(secret),
                    WebhookState.Enabled,
                    made.CreatedBy,
                    made.CreatedAt)));
    }
}

/// <param name="Url">Where deliveries are posted.</param>
/// <param name="Events">
/// <c>limit.warning</c>, <c>limit.blocked</c>, <c>limit.resolved</c>, <c>statement.closed</c>, <c>test</c>;
/// <c>*</c> for all.
/// </param>
internal sealed record CreateWebhookRequest(string? Url, IReadOnlyList<string?>? Events);

/// <param name="Secret">The secret that signs deliveries; shown once.</param>
internal sealed record CreateWebhookResponse(
    string Id,
    string Url,
    IReadOnlyList<string> Events,
    string Secret,
    WebhookState State,
    string CreatedBy,
    DateTimeOffset CreatedAt);
