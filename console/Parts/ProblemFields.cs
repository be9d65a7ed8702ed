using Sluice.Client;
using Sluice.Client.Models;

namespace Sluice.WebConsole.Parts;

/// <summary>
/// Moves the errors of a refused request to the fields of the form that was sent, where a field of the form stands for
/// several of the request.
/// </summary>
internal static class ProblemFields
{
    /// <summary>Returns the result of a form.</summary>
    /// <param name="problem">Why the request was refused.</param>
    /// <param name="change">Returns the field of the form and the message for a field and message of the API.</param>
    public static SluiceResult Rename(
        ProblemDetails problem, Func<string, string, (string Field, string Message)> change)
    {
        if (problem.Errors is not { Count: > 0 } given)
            return new SluiceResult(problem);
        var errors = given.SelectMany(pair => pair.Value.Select(message => change(pair.Key, message)))
            .GroupBy(static error => error.Field, static error => error.Message)
            .ToDictionary(static group => group.Key, static group => (IReadOnlyList<string>)[.. group]);
        return new SluiceResult(problem with { Errors = errors });
    }
}
