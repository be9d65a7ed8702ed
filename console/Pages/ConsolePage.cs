using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Sluice.Client;
using Sluice.Client.Models;
using Sluice.Client.Wire;
using Sluice.WebConsole.Parts;
using Sluice.WebConsole.Sessions;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages;

/// <summary>What every page of the console has.</summary>
public abstract class ConsolePage : ComponentBase
{
    [Inject]
    protected ConsoleView View { get; set; } = null!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    protected HttpContext Http { get; set; } = null!;

    /// <summary>Texts in the language of the page.</summary>
    protected Language T => View.Language;

    /// <summary>Numbers and times in the language and time zone of the page.</summary>
    protected Formats F => View.Formats;

    protected SluiceClient Api => View.Session.Api;

    protected CancellationToken Ct => Http.RequestAborted;

    /// <summary>Why the page can't be shown; null if it can.</summary>
    protected ProblemDetails? Problem { get; set; }

    /// <summary>Takes an answer's value; the problem becomes that of the page.</summary>
    protected TValue? Take<TValue>(SluiceResult<TValue> result)
        where TValue : class
    {
        if (result.Problem is { } problem && Problem is null)
            Fail(problem);
        return result.Value;
    }

    /// <summary>
    /// Takes what a form edits; the form then changes only this version of it, so that of two who edit the same thing
    /// the second one gets a conflict.
    /// </summary>
    protected TValue? Take<TValue>(SluiceResult<TValue> result, FormState form)
        where TValue : class
    {
        ArgumentNullException.ThrowIfNull(form);
        if (!form.IsPosted)
            form.Version = result.ETag;
        return Take(result);
    }

    /// <summary>Reads a list to its end, up to a number of pages.</summary>
    protected async Task<IReadOnlyList<TItem>> AllAsync<TPage, TItem>(
        Func<string?, Task<SluiceResult<TPage>>> read, int pagesMax = 10)
        where TPage : class, IPage<TItem>
    {
        var all = new List<TItem>();
        await foreach (var page in Client.Pages.ReadAsync(read, Ct))
        {
            if (Take(page) is not { } items)
                break;
            all.AddRange(items.Items);
            if (--pagesMax == 0)
                break;
        }

        return all;
    }

    protected void Fail(ProblemDetails problem)
    {
        Problem = problem;
        if (problem.Status is >= 400 and < 600)
            SetStatus(problem.Status);
    }

    /// <summary>
    /// Sets the status of a page that says itself what is wrong. Not before the page is made: the framework does not
    /// render one whose status is 404.
    /// </summary>
    protected void SetStatus(int status)
    {
        if (Http.Response.HasStarted)
            return;
        Http.Response.OnStarting(() =>
        {
            Http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }

    protected sealed override async Task OnInitializedAsync()
    {
        if ((View.Problem ?? (IsForCaller ? null : NotThere.Problem)) is { } problem)
            Fail(problem);
        else
            await LoadAsync();
    }

    /// <summary>Whether the page is for who has signed in; the API decides about all that is done on it.</summary>
    protected virtual bool IsForCaller => true;

    /// <summary>Reads what the page shows. Not called if its tenant or project can't be shown.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;
}
