namespace Sluice.Api.Management.Tenants;

/// <summary>
/// What happens to usage of a model or metric without a price where an amount or credits are limited.
/// </summary>
internal enum UnpricedUsage
{
    /// <summary>It is counted at 0, and the answer names it.</summary>
    Allow,

    /// <summary>It is refused with 422, unless it has happened already.</summary>
    Refuse,
}
