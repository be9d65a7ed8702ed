using Microsoft.AspNetCore.Http;
using Sluice.Client.Models;
using Sluice.WebConsole.Parts;

namespace Sluice.WebConsole.Pages.Platform;

/// <summary>A page of the operator.</summary>
public abstract class PlatformPage : ConsolePage
{
    /// <summary>Whether the form of the page was sent.</summary>
    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>Returns the tenants of some ids, as far as they are there.</summary>
    protected async Task<IReadOnlyDictionary<string, TenantResponse>> TenantsAsync(IEnumerable<string> ids)
    {
        var found = new Dictionary<string, TenantResponse>();
        foreach (var id in ids.Distinct())
        {
            if ((await Api.GetTenantAsync(id, ct: Ct)).Value is { } tenant)
                found[id] = tenant;
        }

        return found;
    }

    /// <summary>Returns the name of who did something: the operator, or a member if there still is one.</summary>
    protected async Task<string> NameOfAsync(string tenantId, string actor) => actor == "operator"
        ? T["the operator"]
        : (await Api.GetMemberAsync(tenantId, actor, ct: Ct)).Value?.UserName ?? actor;

    /// <summary>Reads a whole number that was entered.</summary>
    protected bool TryCount(string? text, out int count)
    {
        count = 0;
        if (!Entered.TryNumber(text, View.Language, out var number) || number is not { } value
            || value is < 0 or > int.MaxValue || value != decimal.Truncate(value))
            return false;
        count = (int)value;
        return true;
    }

    protected sealed override Task LoadAsync()
    {
        if (View.Session.IsOperator)
            return ReadAsync();
        Fail(NotThere.Problem);
        return Task.CompletedTask;
    }

    /// <summary>Reads what the page shows. Only called for the operator.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;
}
