using System.Globalization;
using System.Net;
using MailKit.Security;
using MimeKit;
using Sluice.Metering.Limits;

namespace Sluice.Api.Settings;

/// <summary>The mail server, read from <c>SLUICE_SMTP</c>.</summary>
/// <remarks>Not a record, because a record's <c>ToString</c> would put the password into logs.</remarks>
internal sealed class SmtpOptions
{
    /// <summary>
    /// The default ports: of servers that a user submits mail to (RFC 6409), and of servers that accept it from anyone.
    /// </summary>
    private const int SubmissionPort = 587, RelayPort = 25;

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    private const int TlsPort = 465;

    /// <summary>The longest time for one mail, in seconds; several attempts must fit into a lease.</summary>
    private const int TimeoutMaxS = 60, TimeoutDefaultS = 30;

    private const string Variable = "SLUICE_SMTP";

    private SmtpOptions(Uri address, string? user, string? password)
    {
        (Host, User, Password) = (address.IdnHost, user, password);
        Port = address.Port > 0 ? address.Port : user is null ? RelayPort : SubmissionPort;
        StartTls = user is not null;
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>The user name; null if the server demands none.</summary>
    public string? User { get; }

    public string? Password { get; }

    /// <summary>Whether the connection is encrypted before a mail is sent; by default if there is a user.</summary>
    public bool StartTls { get; private set; }

    /// <summary>How the connection is encrypted.</summary>
    public SecureSocketOptions Security => Port == TlsPort ? SecureSocketOptions.SslOnConnect
        : StartTls ? SecureSocketOptions.StartTls
        : SecureSocketOptions.None;

    /// <summary>The sender; null for an address at the host of the public address.</summary>
    public MailboxAddress? From { get; private set; }

    /// <summary>The time limit of one mail, connecting included.</summary>
    public TimeSpan Timeout { get; private set; } = TimeSpan.FromSeconds(TimeoutDefaultS);

    /// <summary>Reads the setting. Its text is never repeated in a message: it may hold a password.</summary>
    /// <param name="text">The setting's text, not empty.</param>
    /// <param name="failures">Receives every rule that is broken.</param>
    /// <returns>The options; null if a rule is broken.</returns>
    public static SmtpOptions? Read(string text, List<string> failures)
    {
        var before = failures.Count;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme != "smtp"
            || address.Host.Length == 0)
        {
            failures.Add($"{Variable} is like smtp://user:password@host:587?starttls=true&from=sluice@example.com.");
            return null;
        }

        if (address.AbsolutePath is not ("" or "/") || address.Fragment.Length > 0)
            failures.Add($"{Variable} has a path; after the port comes nothing but ?starttls=…&from=….");
        var (user, password) = ReadUser(address, failures);
        var options = new SmtpOptions(address, user, password);
        options.ReadQuery(address.Query, failures);
        if (user is not null && options.Security == SecureSocketOptions.None && !IsLoopback(address))
        {
            failures.Add(
                $"{Variable} has a user and starttls=false; the password would cross the network in the clear.");
        }

        return failures.Count == before ? options : null;
    }

    private static (string? User, string? Password) ReadUser(Uri address, List<string> failures)
    {
        if (address.UserInfo.Length == 0)
            return (null, null);
        var colon = address.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Uri.UnescapeDataString(colon < 0 ? address.UserInfo : address.UserInfo[..colon]);
        var password = colon < 0 ? "" : Uri.UnescapeDataString(address.UserInfo[(colon + 1)..]);
        if (user.Length == 0 || password.Length == 0)
            failures.Add($"{Variable} has a user without a password, or the other way round.");
        if (user.Any(char.IsControl) || password.Any(char.IsControl))
            failures.Add($"{Variable} has control characters in its user or password.");
        return (user, password);
    }

    private void ReadQuery(string query, List<string> failures)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? part : part[..equals];
            var value = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
            if (!seen.Add(name))
                failures.Add($"{Variable} says '{Known(name)}' twice.");
            else if (!Set(name, value))
                failures.Add($"{Variable} has {Rule(name)}");
        }
    }

    private bool Set(string name, string value)
    {
        switch (name)
        {
            case "starttls":
                var isBoolean = bool.TryParse(value, out var startTls);
                StartTls = isBoolean ? startTls : StartTls;
                return isBoolean;
            case "from":
                From = value.Any(char.IsControl) || !MailboxAddress.TryParse(value, out var from)
                    || !RecipientRules.IsAddress(from.Address) ? null : from;
                return From is not null;
            case "timeout":
                var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
                Timeout = TimeSpan.FromSeconds(seconds);
                return isNumber && seconds is > 0 and <= TimeoutMaxS;
            default:
                return false;
        }
    }

    private static string Rule(string name) => name switch
    {
        "starttls" => "a 'starttls' that is neither true nor false.",
        "from" => "a 'from' that is no address, such as sluice@example.com.",
        "timeout" => $"a 'timeout' that is no number of seconds from 1 to {TimeoutMaxS}.",
        _ => "something beside 'starttls', 'from' and 'timeout'; user and password are percent-encoded.",
    };

    /// <summary>
    /// Returns the name if it is a known one; a misplaced password must not be repeated in a message.
    /// </summary>
    private static string Known(string name) => name is "starttls" or "from" or "timeout" ? name : "…";

    private static bool IsLoopback(Uri address) =>
        address.IdnHost == "localhost"
        || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
