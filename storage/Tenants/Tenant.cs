namespace Sluice.Storage.Tenants;

/// <summary>The billing unit.</summary>
public sealed record Tenant
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string BillingAccountId { get; init; }

    /// <summary>IANA name; its days and months are the tenant's periods.</summary>
    public required string TimeZone { get; init; }

    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }

    /// <summary>ISO 4217 code; the unit of its amounts.</summary>
    public required string Currency { get; init; }

    public required TenantState State { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nobody without a second factor may do anything but enrol one.</summary>
    public bool RequireMfa { get; init; }

    /// <summary>Where bills go; null where none was named.</summary>
    public string? BillingContact { get; init; }
}
