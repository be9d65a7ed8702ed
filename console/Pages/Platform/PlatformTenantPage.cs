using Microsoft.AspNetCore.Components;
using Sluice.Client.Models;

namespace Sluice.WebConsole.Pages.Platform;

/// <summary>A page of the operator about a tenant.</summary>
public abstract class PlatformTenantPage : PlatformPage
{
    [Parameter]
    public string TenantId { get; set; } = "";

    /// <summary>The tenant; null until it is read, or if it can't be.</summary>
    protected TenantResponse? Tenant { get; private set; }

    /// <summary>The address of the page about the tenant.</summary>
    protected string Own => $"/console/platform/tenants/{TenantId}";

    /// <summary>Whether a tenant that is not there is a problem: a repeated deletion finds none.</summary>
    protected virtual bool NeedsTenant => true;

    protected sealed override async Task ReadAsync()
    {
        var result = await Api.GetTenantAsync(TenantId, ct: Ct);
        Tenant = NeedsTenant ? Take(result) : result.Value;
        if (Tenant is not null)
            await ReadMoreAsync();
    }

    /// <summary>Reads what the page shows besides the tenant. Only called if there is one.</summary>
    protected virtual Task ReadMoreAsync() => Task.CompletedTask;
}
