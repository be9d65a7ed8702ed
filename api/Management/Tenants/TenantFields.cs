using Sluice.Api.Validation;

namespace Sluice.Api.Management.Tenants;

/// <summary>The rules of a tenant's fields, for creating and changing it.</summary>
internal static class TenantFields
{
    /// <summary>Checks that mails are written in this language.</summary>
    public static readonly Func<string?, Violation?> Language = FieldRules.OneOf("en", "fr");
}
