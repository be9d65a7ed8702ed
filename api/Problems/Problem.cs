using Microsoft.AspNetCore.Mvc;

namespace Sluice.Api.Problems;

/// <summary>The one place where refusals become <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Returns the problem of a refused action.</summary>
    public static IResult Of(Error error) => error switch
    {
        Error.NotFound(var what) => Of(404, $"There is no such {what}, or you may not see it."),
        Error.Forbidden(var detail) => Of(403, detail),
        Error.Conflict(var detail, var other) => Conflict(detail, other),
        Error.Changed(var detail) => Of(412, ProblemTypes.Changed, "It has been changed since.", detail),
        Error.TooMany(var what, var detail, _) => Of(
            429, $"/problems/too-many-{what}", $"Too many {what.Replace('-', ' ')}.", detail),
        Error.RulesBroken broken => RulesBroken(broken),
        _ => throw new ArgumentOutOfRangeException(nameof(error), error, "not a error"),
    };

    /// <summary>Returns the problem of a status that needs no further explanation.</summary>
    public static IResult Of(int status, string? detail = null)
    {
        var (type, title) = TypeOf(status);
        return Of(status, type, title, detail ?? DetailOf(status));
    }

    public static IResult Of(
        int status, string type, string title, string? detail, IDictionary<string, object?>? more = null)
    {
        var problem = new ProblemDetails { Type = type, Title = title, Status = status, Detail = detail };
        foreach (var (name, value) in more ?? new Dictionary<string, object?>())
            problem.Extensions[name] = value;
        return TypedResults.Problem(problem);
    }

    /// <summary>Returns the problem of a body that can't be read.</summary>
    public static IResult Unreadable(string? field, string message) => Of(
        400,
        ProblemTypes.BadRequest,
        "The request can't be read.",
        field is null ? message : $"{field}: {message}",
        field is null ? null : new Dictionary<string, object?>
        {
            ["errors"] = new Dictionary<string, string[]> { [field] = [message] },
        });

    private static IResult Conflict(string detail, string? other) => Of(
        409,
        ProblemTypes.Conflict,
        "Something else is in the way.",
        detail,
        other is null ? null : new Dictionary<string, object?> { ["conflictsWith"] = other });

    /// <summary>
    /// Returns the problem of broken rules: <c>errors</c> has sentences for people, <c>rules</c> the same as codes for
    /// programs.
    /// </summary>
    private static IResult RulesBroken(Error.RulesBroken broken)
    {
        var byField = broken.Rules.GroupBy(static rule => rule.Field).ToList();
        return Of(
            422,
            ProblemTypes.RuleBroken,
            "The request breaks a rule.",
            string.Join(" ", broken.Rules.Select(static rule => $"{rule.Field}: {rule.Message}")),
            new Dictionary<string, object?>
            {
                ["errors"] = byField.ToDictionary(
                    static field => field.Key, static field => field.Select(static rule => rule.Message).ToArray()),
                ["rules"] = byField.ToDictionary(
                    static field => field.Key, static field => field.Select(static rule => rule.Rule).ToArray()),
            });
    }

    /// <summary>Returns the advice for a status about which nothing else is known.</summary>
    private static string DetailOf(int status) => status switch
    {
        400 => "The body is missing or is not what this address takes.",
        401 => "Send a valid token as Authorization: Bearer, or sign in.",
        403 => "Your rights do not reach this far.",
        404 => "There is nothing at this address.",
        405 => "Use another method, or check the address.",
        413 => "The body is larger than this address takes.",
        415 => "Send the body as JSON, with the header Content-Type: application/json.",
        503 => "Try again in a moment.",
        _ => status < 500
            ? "The request is not one that can be answered."
            : "The fault is the service's; the node's log says more. What was to be changed may be changed or not.",
    };

    private static (string Type, string Title) TypeOf(int status) => status switch
    {
        400 => (ProblemTypes.BadRequest, "The request can't be read."),
        401 => (ProblemTypes.Unauthorized, "Not signed in."),
        403 => (ProblemTypes.Forbidden, "Not allowed."),
        404 => (ProblemTypes.NotFound, "Not found."),
        405 => (ProblemTypes.MethodNotAllowed, "This address does not take this method."),
        409 => (ProblemTypes.Conflict, "Something else is in the way."),
        413 => (ProblemTypes.TooLarge, "The body is too large."),
        415 => (ProblemTypes.UnsupportedMediaType, "The body must be application/json."),
        503 => (ProblemTypes.Unavailable, "A part of the service can't be reached."),
        _ => (ProblemTypes.Internal, status < 500 ? "The request was refused." : "Something went wrong here."),
    };
}
