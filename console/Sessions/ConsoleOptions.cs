using Microsoft.AspNetCore.Http;

namespace Sluice.WebConsole.Sessions;

/// <summary>How browsers reach the console.</summary>
/// <param name="IsHttps">Whether they use HTTPS although requests may arrive without it, behind a proxy.</param>
public sealed record ConsoleOptions(bool IsHttps)
{
    /// <summary>Whether a cookie may be sent over HTTPS only.</summary>
    internal bool IsSecure(HttpRequest request) => request.IsHttps || IsHttps;
}
