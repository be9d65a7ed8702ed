namespace Sluice.Api.Auth;

/// <summary>The names that authentication and authorization share.</summary>
internal static class Principals
{
    /// <summary>The authentication scheme: bearer tokens.</summary>
    public const string Scheme = "Bearer";

    /// <summary>The role of the platform's staff, and the policy that requires it.</summary>
    public const string Operator = "operator";

    /// <summary>The role of members of tenants.</summary>
    public const string Member = "member";

    /// <summary>
    /// The policy of the management API: the operator and members; endpoints state what else they require.
    /// </summary>
    public const string Management = "management";

    /// <summary>The role of gateways that report for many keys, and the policy that requires it.</summary>
    public const string Gateway = "gateway";
}
