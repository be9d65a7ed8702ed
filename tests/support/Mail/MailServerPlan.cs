using System.Security.Cryptography.X509Certificates;

namespace Sluice.TestSupport.Mail;

/// <summary>What a mail server asks for.</summary>
/// <param name="User"><c>user:password</c>; null to let everyone in.</param>
/// <param name="Certificate">With its key, for STARTTLS; null without encryption.</param>
/// <param name="Port">Where it listens; 0 for a free port of the system's choice.</param>
public sealed record MailServerPlan(string? User = null, X509Certificate2? Certificate = null, int Port = 0);
