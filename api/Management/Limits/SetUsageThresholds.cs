using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Sluice.Api.Management.Tenants;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/usage-thresholds</c></summary>
internal sealed class SetUsageThresholds(
    UnitOfWork work,
    TenantStore tenants,
    LimitStore limits,
    MetricStore metrics)
    : ManagementEndpoint<SetUsageThresholdsRequest>
{
    public override void Configure()
    {
        Put("/usage-thresholds");
        Group<LimitsEndpoints>();
        Requires(Permission.SetAccountThresholds);
        Transactional();
        Guarded();
        Describe("Set all of an account's warning and blocked values at once");
        Returns<UsageThresholdsResponse>();
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
                UsageThresholdsResponse.Of(thresholds, set, catalogue),
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

    /// <summary>
    /// Returns the thresholds that could be read; faults in the others are added to the broken rules.
    /// </summary>
    private static List<LimitDraft> ReadThresholds(
        SetUsageThresholdsRequest request, MetricCatalogue catalogue, FieldErrors rules)
    {
        var thresholds = new List<LimitDraft>();
        if (request.Metrics is null)
            rules.Add("metrics", "required", "Must be given; without a metric in it, all thresholds are removed.");
        foreach (var (name, threshold) in request.Metrics ?? ImmutableDictionary<string, UsageThreshold?>.Empty)
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

    protected override async Task<ApiResult> LockAsync(SetUsageThresholdsRequest request, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        return await tenants.LockAsync(work, TenantId, ct) is { } tenant
            ? ApiResult.Ok(UsageThresholdsResponse.Of(
                await limits.LockThresholdsAsync(work, TenantId, ct), tenant.Language, catalogue))
            : ApiResult.NotFound("tenant");
    }
}

/// <param name="Metrics">
/// The monthly thresholds by the name of the metric; a metric that is missing has none. <c>amount</c> and
/// <c>credits</c> have no thresholds.
/// </param>
/// <param name="Recipients">Who is notified; needed if there are warnings, no one if omitted.</param>
/// <param name="Language">The language of the mails; the tenant's if omitted.</param>
internal sealed record SetUsageThresholdsRequest(
    IReadOnlyDictionary<string, UsageThreshold?>? Metrics,
    UsageThresholdRecipients? Recipients = null,
    [AllowedValues("en", "fr")] string? Language = null);

/// <param name="Warning">
/// A value above 0, or a list of at most 16, at which people are notified, in the metric's units; none if omitted.
/// </param>
/// <param name="Blocked">The value at which requests are refused, in the metric's units; none if omitted.</param>
internal sealed record UsageThreshold(NumberList? Warning = null, JsonDecimal? Blocked = null);

/// <param name="Warning">
/// At most 20 addresses that are notified of warnings; at least one is needed if there are any.
/// </param>
/// <param name="Blocked">At most 20 addresses that are notified of blocked values; none if omitted.</param>
internal sealed record UsageThresholdRecipients(
    IReadOnlyList<string?>? Warning = null, IReadOnlyList<string?>? Blocked = null);
