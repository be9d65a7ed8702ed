namespace Sluice.LoadTest.Demo.Platform;

/// <summary>A member of a demo's tenant who can sign in; a reader of this can, too.</summary>
internal sealed record DemoAccount(string Tenant, string TenantId, string UserName, string Role, string Password)
{
    /// <summary>Returns who it is, to keep the password out of logs and messages.</summary>
    public override string ToString() => $"{UserName} of {Tenant}";
}
