using Microsoft.AspNetCore.Http;
using Sluice.Client;
using Sluice.Client.Models;
using Sluice.WebConsole.Parts;

namespace Sluice.WebConsole.Pages.Personal;

/// <summary>A page of the member who has signed in.</summary>
public abstract class PersonalPage : ConsolePage
{
    /// <summary>The member; there whenever the page can be shown.</summary>
    protected GetMeResponse Me => View.Session.Me!;

    /// <summary>Whether the tenant demands a second factor that the member does not have yet.</summary>
    protected bool MustEnroll { get; private set; }

    /// <summary>Whether the form of the page was sent.</summary>
    protected bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>
    /// Takes an answer's value; a refusal because of a missing second factor is no problem of the page, which says what
    /// to do instead.
    /// </summary>
    protected TValue? TakeOwn<TValue>(SluiceResult<TValue> result)
        where TValue : class
    {
        if (result.Problem is not { Status: 403 } || Me.MfaEnabled)
            return Take(result);
        MustEnroll = true;
        return null;
    }

    protected sealed override Task LoadAsync()
    {
        if (View.Session.Me is not null)
            return ReadAsync();
        // The operator is no member.
        Fail(NotThere.Problem);
        return Task.CompletedTask;
    }

    /// <summary>Reads what the page shows. Only called for a member.</summary>
    protected virtual Task ReadAsync() => Task.CompletedTask;
}
