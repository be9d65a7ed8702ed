using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace Sluice.Api.Settings;

/// <summary>The mail server, read from <c>SLUICE_SMTP</c>.</summary>
/// <remarks>Not a record, whose printing would put the password into a log.</remarks>
internal sealed class SmtpOptions
{
    /// <summary>Of servers that mail is submitted to by a user (RFC 6409), and of those that take it from all.
    /// </summary>
    private const int SubmissionPort = 587, RelayPort = 25;

    /// <summary>TLS from the first byte; the client speaks only STARTTLS.</summary>
    private const int TlsPort = 465;

    /// <summary>Longest time for one mail, in seconds, which several attempts within a lease have to fit.</summary>
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

    /// <summary>Null where the server asks for nobody.</summary>
    public string? User { get; }

    public string? Password { get; }

    /// <summary>Whether the connection is encrypted before a mail is sent; by default where there is a user.</summary>
    public bool StartTls { get; private set; }

    /// <summary>The sender; null for an address at the host of the public address.</summary>
    public MailAddress? From { get; private set; }

    /// <summary>For one mail, connecting included.</summary>
    public TimeSpan Timeout { get; private set; } = TimeSpan.FromSeconds(TimeoutDefaultS);

    /// <summary>Reads the setting. Its text is never repeated in a message: it may hold a password.</summary>
    /// <param name="text">Not empty.</param>
    /// <param name="failures">Gets every rule that is broken.</param>
    /// <returns>Null where a rule is broken.</returns>
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
        if (options.Port == TlsPort)
            failures.Add($"{Variable} names port 465, which begins with TLS; give the one for STARTTLS, mostly 587.");
        options.ReadQuery(address.Query, failures);
        if (user is not null && !options.StartTls && !IsLoopback(address))
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
                From = value.Any(char.IsControl) || !MailAddress.TryCreate(value, out var from) ? null : from;
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

    /// <summary>A misplaced password must not be repeated as the name of something.</summary>
    private static string Known(string name) => name is "starttls" or "from" or "timeout" ? name : "…";

    private static bool IsLoopback(Uri address) =>
        address.IdnHost == "localhost"
        || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
