using Sluice.Client.Models;

namespace Sluice.WebConsole.Parts;

/// <summary>The problem of a page whose subject is not there, or not for who has signed in.</summary>
internal static class NotThere
{
    public static ProblemDetails Problem => new()
    {
        Type = "/problems/not-found",
        Title = "",
        Status = 404,
        Detail = "",
    };
}
