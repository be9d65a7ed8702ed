namespace Sluice.Api.Management.Tenants;

/// <summary>The rules of a tenant's fields, for creating and changing it.</summary>
internal static class TenantFields
{
    /// <summary>Checks that a language is one in which mails are written.</summary>
    public static readonly Func<string?, Violation?> Language = FieldRules.OneOf("en", "fr");
}
