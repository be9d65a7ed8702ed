using Microsoft.AspNetCore.Http;
using Sluice.Client;
using Sluice.Client.Models;
using Sluice.WebConsole.Calls;

namespace Sluice.WebConsole.Sessions;

/// <summary>
/// Whose console this is, for the time of one request: the member whose session the browser has, or the operator. The
/// console does what the API lets them do and knows nothing else.
/// </summary>
public sealed class ConsoleSession(NodeApi node, OperatorCookie operatorCookie) : IDisposable
{
    private const string SessionCookie = "sluice_session";

    private NodeClient? _client;

    /// <summary>The API, called as who has signed in.</summary>
    public SluiceClient Api => _client!.Api;

    /// <summary>The member; null for the operator and before signing in.</summary>
    public GetMeResponse? Me { get; private set; }

    public bool IsOperator { get; private set; }

    /// <summary>The credential of who has signed in; null before.</summary>
    internal string? Token { get; private set; }

    /// <summary>Whether the member must choose a password before anything else is allowed.</summary>
    public bool MustChangePassword { get; private set; }

    /// <summary>Whether the member must enrol a second factor before anything else is allowed.</summary>
    public bool MustEnroll { get; private set; }

    public bool IsSignedIn => IsOperator || MustChangePassword || Me is not null;

    /// <summary>The member's tenant; null for the operator.</summary>
    public TenantResponse? OwnTenant { get; private set; }

    /// <summary>Whether the member manages the tenant.</summary>
    public bool IsAdministrator => Me?.TenantRole is "owner" or "administrator";

    /// <summary>Why the session could not be read; null if it was, or there is none.</summary>
    public ProblemDetails? Problem { get; private set; }

    /// <summary>Finds out who is signed in.</summary>
    internal async Task OpenAsync(HttpContext http)
    {
        var member = http.Request.Cookies[SessionCookie];
        var token = member is { Length: > 0 } ? member : operatorCookie.Read(http.Request);
        Token = token;
        _client = node.ClientFor(http, token);
        IsOperator = token is not null && member is not { Length: > 0 };
        if (member is not { Length: > 0 })
            return;
        var me = await Api.GetMeAsync(http.RequestAborted);
        if (me.Problem is { Status: not (401 or 403) } problem)
            Problem = problem;
        Me = me.Value;
        // With a one-time password not even this may be read.
        MustChangePassword = Me?.MustChangePassword ?? me.Problem?.Status == 403;
        if (Me is null || MustChangePassword)
            return;
        var tenant = await Api.GetTenantAsync(Me.TenantId, ct: http.RequestAborted);
        OwnTenant = tenant.Value;
        MustEnroll = tenant.Problem?.Status == 403 && !Me.MfaEnabled;
    }

    public void Dispose() => _client?.Dispose();
}
