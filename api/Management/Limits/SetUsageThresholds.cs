using System.Collections.Immutable;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Validation;
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
internal sealed class SetUsageThresholds(
    UnitOfWork work,
    ITenantStore tenants,
    ILimitStore limits,
    IMetricStore metrics)
    : ManagementEndpoint<SetUsageThresholdsRequest>
{
    public override void Configure()
    {
        Put("/usage-thresholds");
        Group<LimitsEndpoints>();
        Requires(Permission.SetAccountThresholds);
        Transactional();
        Describe("Set an account's warning and blocked values, all of them at once");
        Returns<ThresholdsResource>();
    }

    public override async Task<ApiResult> ExecuteAsync(SetUsageThresholdsRequest request, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var rules = new FieldErrors();
        var contact = ReadContact(request, tenant, rules);
        var thresholds = ReadThresholds(request, catalogue, rules);
        rules.Add(LimitRules.CheckThresholds(
            thresholds, catalogue, contact.WarningRecipients, contact.BlockedRecipients));
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        return ApiResult.Of(
            await limits.SetThresholdsAsync(work, TenantId, thresholds, contact, ct),
            set => ApiResult.Ok(
                ThresholdsResource.Of(thresholds, set, catalogue),
                ControlChange.Limits(new(ScopeKind.Tenant, TenantId))));
    }

    private static ThresholdContact ReadContact(SetUsageThresholdsRequest request, Tenant tenant, FieldErrors rules)
    {
        if (request.Language is not null)
            rules.Check("language", request.Language, TenantFields.Language);
        return new()
        {
            WarningRecipients = [.. (request.Recipients?.Warning ?? []).Select(static address => address ?? "")],
            BlockedRecipients = [.. (request.Recipients?.Blocked ?? []).Select(static address => address ?? "")],
            Language = request.Language ?? tenant.Language,
        };
    }

    /// <summary>What could be read; the rest is among the broken rules.</summary>
    private static List<LimitDraft> ReadThresholds(SetUsageThresholdsRequest request, MetricCatalogue catalogue, FieldErrors rules)
    {
        var thresholds = new List<LimitDraft>();
        if (request.Metrics is null)
            rules.Add("metrics", "required", "Must be given; without a metric in it, all thresholds are removed.");
        foreach (var (name, threshold) in request.Metrics ?? ImmutableDictionary<string, SetUsageThresholdsThreshold?>.Empty)
        {
            var field = $"metrics.{name}";
            if (!catalogue.TryGet(name, out var metric))
            {
                rules.Add(field, "metric-unknown", "There is no such metric.");
                continue;
            }

            var broken = new FieldErrors();
            var blocked = broken.Units($"{field}.blocked", threshold?.Blocked, metric.Decimals);
            var warnings = (threshold?.Warning?.Numbers ?? [])
                .Select((number, i) => broken.Units($"{field}.warning[{i}]", number, metric.Decimals))
                .ToList();
            rules.Add(broken.Rules);
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

/// <param name="Metrics">By name of the usage metric; one that is left out has no thresholds afterwards.</param>
/// <param name="Recipients">Who is told; warnings need at least one.</param>
/// <param name="Language">Of the mails, <c>en</c> or <c>fr</c>; the tenant's where left out.</param>
internal sealed record SetUsageThresholdsRequest(
    IReadOnlyDictionary<string, SetUsageThresholdsThreshold?>? Metrics, SetUsageThresholdsRecipientLists? Recipients, string? Language);

internal sealed record SetUsageThresholdsThreshold(NumberList? Warning, JsonDecimal? Blocked);

internal sealed record SetUsageThresholdsRecipientLists(IReadOnlyList<string?>? Warning, IReadOnlyList<string?>? Blocked);
