namespace Sluice.LoadTest.Demo.Platform;

/// <summary>Somebody who can sign in to a demo's tenant; a reader of it can, too.</summary>
internal sealed record DemoAccount(string Tenant, string TenantId, string UserName, string Role, string Password)
{
    /// <summary>Returns who it is, to keep the password out of logs and messages.</summary>
    public override string ToString() => $"{UserName} of {Tenant}";
}
