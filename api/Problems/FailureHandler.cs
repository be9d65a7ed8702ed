using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Sluice.Engine.Authorities;

namespace Sluice.Api.Problems;

/// <summary>
/// Responds to exceptions. Transient failures get 503 with <c>Retry-After</c>; all others get 500 without internal
/// details, which only the log has.
/// </summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    /// <summary>After how many seconds a retry makes sense.</summary>
    private const string RetryAfterSeconds = "1";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken ct)
    {
        if (http.RequestAborted.IsCancellationRequested)
            return true;
        // The framework takes the endpoint off the request before it comes here.
        var failed = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        await FailurePage.Of(http, failed, AnswerTo(http, exception)).ExecuteAsync(http);
        return true;
    }

    private IResult AnswerTo(HttpContext http, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return UnreadableBody.Explain(json);
            case BadHttpRequestException bad:
                return Problem.Of(bad.StatusCode);
            case SignalUnavailableException:
                LogNotInForce(logger, http.Request.Method, http.Request.Path, exception);
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Unreached(http);
            case ActionUnknownException:
                LogStoreUnreachable(logger, http.Request.Method, http.Request.Path, exception);
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(
                    503,
                    "The store went away while the change was being saved; it may be saved or not. Repeat the call: "
                    + "with an Idempotency-Key it is done once.");
            case PostgresException
            {
                SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter,
            }:
                return Problem.Of(new Error.RulesBroken(
                    "request", "text-form", "Has a text with a character that can't be stored, such as U+0000."));
            case PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable }:
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(409, "Another request that changes the same is still running. Repeat this one.");
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                LogTooSlow(logger, http.Request.Method, http.Request.Path);
                return Problem.Of(
                    503,
                    ProblemTypes.Unavailable,
                    "That reads too much.",
                    "It took too long and was ended. Ask for a shorter span, or for fewer groups.");
            case NpgsqlException { InnerException: TimeoutException } when IsNoConnectionFree(exception):
                LogNoConnection(logger, http.Request.Method, http.Request.Path);
                BoundMetrics.Refused(http, BoundMetrics.Connections);
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(
                    503,
                    ProblemTypes.Unavailable,
                    "The node is busy.",
                    "No connection to the store became free in time. Nothing was changed; try again.");
            case NpgsqlException or SocketException or TimeoutException when IsOutage(exception):
                LogStoreUnreachable(logger, http.Request.Method, http.Request.Path, exception);
                http.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(503, "The store can't be reached. Nothing was changed.");
            default:
                LogFailure(logger, http.Request.Method, http.Request.Path, exception);
                return Problem.Of(500);
        }
    }

    private static IResult Unreached(HttpContext http) => HttpMethods.IsGet(http.Request.Method)
        ? Problem.Of(503, "An authority can't be reached, so its live state is not known right now.")
        : Problem.Of(
            503,
            ProblemTypes.NotInForce,
            "Saved, not yet in force everywhere.",
            "The change is saved, but a node has not confirmed it yet. Repeat the call until it succeeds.");

    /// <summary>
    /// Whether the store is away and will come back: a server that ends sessions while it shuts down, or is out of
    /// them, is.
    /// </summary>
    private static bool IsOutage(Exception exception) => exception is not PostgresException postgres
        || postgres.IsTransient
        || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || postgres.SqlState.StartsWith("08", StringComparison.Ordinal);

    /// <summary>Whether the pool has no connection free; the driver has no type of exception for it.</summary>
    private static bool IsNoConnectionFree(Exception exception) =>
        exception.Message.StartsWith("The connection pool has been exhausted", StringComparison.Ordinal);

    [LoggerMessage(1405, LogLevel.Warning, "{Method} {Path}: no connection to the store became free in time")]
    private static partial void LogNoConnection(ILogger logger, string method, PathString path);

    [LoggerMessage(1401, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogFailure(ILogger logger, string method, PathString path, Exception exception);

    [LoggerMessage(1402, LogLevel.Warning, "{Method} {Path}: the store is unreachable")]
    private static partial void LogStoreUnreachable(
        ILogger logger, string method, PathString path, Exception exception);

    [LoggerMessage(1404, LogLevel.Warning, "{Method} {Path}: a statement took too long and was ended")]
    private static partial void LogTooSlow(ILogger logger, string method, PathString path);

    [LoggerMessage(1403, LogLevel.Warning, "{Method} {Path}: the change was not confirmed by every node")]
    private static partial void LogNotInForce(ILogger logger, string method, PathString path, Exception exception);
}
