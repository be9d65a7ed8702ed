using System.Collections.Immutable;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/usage-thresholds</c></summary>
internal static class SetUsageThresholds
{
    /// <param name="Metrics">By name of the usage metric; one that is left out has no thresholds afterwards.</param>
    /// <param name="Recipients">Who is told; warnings need at least one.</param>
    /// <param name="Language">Of the mails, <c>en</c> or <c>fr</c>; the tenant's where left out.</param>
    internal sealed record Request(
        IReadOnlyDictionary<string, Threshold?>? Metrics, RecipientLists? Recipients, string? Language);

    internal sealed record Threshold(NumberList? Warning, NumberText? Blocked);

    internal sealed record RecipientLists(IReadOnlyList<string?>? Warning, IReadOnlyList<string?>? Blocked);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/usage-thresholds", HandleAsync)
        .Needs(Permission.SetAccountThresholds)
        .AsAction()
        .Describe("SetUsageThresholds", "Sets an account's warning and blocked values, all of them at once")
        .Produces<ThresholdsResource>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Request request,
        ControlTransaction tx,
        ITenantStore tenants,
        ILimitStore limits,
        IMetricStore metrics,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var rules = new RuleCheck();
        var contact = ReadContact(request, tenant, rules);
        var thresholds = ReadThresholds(request, catalogue, rules);
        rules.Break(LimitRules.CheckThresholds(
            thresholds, catalogue, contact.WarningRecipients, contact.BlockedRecipients));
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        return Reply.Of(
            await limits.SetThresholdsAsync(tx, t.Value, thresholds, contact, ct),
            set => Reply.Ok(
                ThresholdsResource.Of(thresholds, set, catalogue),
                ControlChange.Limits(new(ScopeKind.Tenant, t.Value))));
    }

    private static ThresholdContact ReadContact(Request request, Tenant tenant, RuleCheck rules)
    {
        if (request.Language is not null)
            rules.OneOf("language", request.Language, TenantFields.Languages);
        return new()
        {
            WarningRecipients = [.. (request.Recipients?.Warning ?? []).Select(static address => address ?? "")],
            BlockedRecipients = [.. (request.Recipients?.Blocked ?? []).Select(static address => address ?? "")],
            Language = request.Language ?? tenant.Language,
        };
    }

    /// <summary>What could be read; the rest is among the broken rules.</summary>
    private static List<LimitDraft> ReadThresholds(Request request, MetricCatalogue catalogue, RuleCheck rules)
    {
        var thresholds = new List<LimitDraft>();
        if (request.Metrics is null)
            rules.Break("metrics", "required", "Must be given; without a metric in it, all thresholds are removed.");
        foreach (var (name, threshold) in request.Metrics ?? ImmutableDictionary<string, Threshold?>.Empty)
        {
            var field = $"metrics.{name}";
            if (!catalogue.TryGet(name, out var metric))
            {
                rules.Break(field, "metric-unknown", "There is no such metric.");
                continue;
            }

            var broken = new RuleCheck();
            var blocked = broken.Units($"{field}.blocked", threshold?.Blocked, metric.Decimals);
            var warnings = (threshold?.Warning?.Numbers ?? [])
                .Select((number, i) => broken.Units($"{field}.warning[{i}]", number, metric.Decimals))
                .ToList();
            rules.Break(broken.Rules);
            if (broken.IsEmpty)
            {
                thresholds.Add(new(
                    metric.Id,
                    PeriodKind.Month,
                    blocked,
                    [.. warnings.Select(static units => WarningDraft.At(units!.Value))]));
            }
        }

        return thresholds;
    }
}
