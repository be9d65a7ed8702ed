namespace Sluice.Api.Management.Tenants;

/// <summary>The rules of a tenant's fields, for creating and changing it.</summary>
internal static class TenantFields
{
    /// <summary>Checks that a language is one in which mails are written.</summary>
    public static readonly Func<string?, Violation?> Language = FieldRules.OneOf("en", "fr");

    /// <summary>Checks what a tenant wants of usage without a price.</summary>
    public static readonly Func<string?, Violation?> UnpricedUsage =
        FieldRules.OneOf([.. Enum.GetValues<UnpricedUsage>().Select(Words.Of)]);
}
