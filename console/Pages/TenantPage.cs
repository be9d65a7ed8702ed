using Microsoft.AspNetCore.Components;
using Sluice.Client.Models;

namespace Sluice.WebConsole.Pages;

/// <summary>A page of a tenant. Its address begins with <c>/console/t/{TenantId}</c>.</summary>
public abstract class TenantPage : ConsolePage
{
    [Parameter]
    public string TenantId { get; set; } = "";

    /// <summary>The tenant; there whenever the page is loaded.</summary>
    protected TenantResponse Tenant => View.Tenant!;

    /// <summary>The address of the tenant's pages.</summary>
    protected string Root => $"/console/t/{TenantId}";

    protected override bool IsForCaller => View.MayManageTenant;
}

/// <summary>A page of a project. Its address begins with <c>/console/t/{TenantId}/p/{ProjectId}</c>.</summary>
public abstract class ProjectPage : TenantPage
{
    [Parameter]
    public string ProjectId { get; set; } = "";

    protected ProjectResponse Project => View.Project!;

    protected override bool IsForCaller => true;

    /// <summary>The address of the project's pages.</summary>
    protected string ProjectRoot => $"{Root}/p/{ProjectId}";
}
