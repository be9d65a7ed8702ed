// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>The settings to change.</summary>
public sealed record ChangeSettingsRequest
{
    /// <summary>The tenant's name, 1 to 100 characters; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The IANA time zone of its days and months, such as <c>Asia/Tokyo</c>; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TimeZone { get; init; }

    /// <summary>The language of its mails; unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }

    /// <summary>
    /// Whether members without a second factor can do nothing except enrol one; unchanged if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? RequireMfa { get; init; }

    /// <summary>
    /// Whether only the owner appoints and demotes administrators; unchanged if omitted. Only the owner and the
    /// operator change it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? OwnerAppointsAdministrators { get; init; }

    /// <summary>
    /// What happens to usage without a price where an amount or credits are limited; unchanged if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UnpricedUsage { get; init; }

    /// <summary>The address that bills go to; null removes it, and it is unchanged if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string?> BillingContact { get; init; }

    /// <summary>
    /// The http or https URL where bills and payment methods are managed; null removes it, and it is unchanged if
    /// omitted. Only the operator changes it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Optional<string?> BillingSite { get; init; }
}
