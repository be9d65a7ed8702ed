using System.Net;
using System.Security.Cryptography;
using Sluice.TestSupport.Mail;
using Sluice.TestSupport.Postgres;
using Xunit;

using System.Security.Cryptography.X509Certificates;

namespace Sluice.Api.Tests.Mail;

/// <summary>A server that demands STARTTLS and a password, with a certificate that nobody has signed.</summary>
public sealed class SecureServerTests(SecureServerTests.Host host) : IClassFixture<SecureServerTests.Host>
{
    [Fact]
    public async Task AMail_GoesOutEncrypted_AsTheUser_OnceTheCertificateIsTrusted()
    {
        var tenant = await host.Operator().TenantPathAsync();
        var id = await host.FireAsync(tenant, ["ada@example.com"]);

        // Not trusted: nothing is said to a stranger, and the mail waits.
        var waiting = await Eventually.BecomesAsync(
            async () =>
            {
                await host.RunJobsAsync();
                return await host.SeeAsync(id);
            },
            static mail => mail["lastError"].GetString() is not null);
        Assert.Contains("AuthenticationException", waiting.String("lastError"));
        Assert.Equal(("unsent", 0), (waiting.String("state"), waiting["attempts"].GetInt32()));
        Assert.Empty(host.Smtp.Taken());

        Host.Trusted = host.Thumbprint;
        host.Time.Turn(TimeSpan.FromSeconds(15));
        var mail = Assert.Single(await host.TakesAsync(id));

        Assert.True(mail.Encrypted);
        Assert.Equal("mail user", mail.User);
        Assert.DoesNotContain("p@ss:word", host.Log.Text);
        Assert.Contains("The mail server can't be used; mails wait: AuthenticationException", host.Log.Text);
        Assert.Contains("The mail server takes mails again.", host.Log.Text);
    }

    public sealed class Host : MailHost
    {
        private readonly string _certificate = Path.GetTempFileName();

        static Host()
        {
            // The client of the framework asks nobody else; other tests use no certificates.
#pragma warning disable SYSLIB0014, MA0039
            ServicePointManager.ServerCertificateValidationCallback =
                static (_, certificate, _, _) => certificate?.GetCertHashString() == Trusted;
#pragma warning restore SYSLIB0014, MA0039
        }

        public Host(PostgresFixture postgres)
            : base(postgres)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest(
                "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(
                new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
            Thumbprint = certificate.GetCertHashString();
            File.WriteAllText(
                _certificate, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        }

        public static string? Trusted { get; set; }

        public string Thumbprint { get; }

        protected override string User => "mail%20user:p%40ss%3Aword@";

        protected override string Query => "timeout=5&starttls=true&";

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            File.Delete(_certificate);
            GC.SuppressFinalize(this);
        }

        protected override Task<SmtpServer> StartServerAsync() =>
            SmtpServer.StartAsync("--user", "mail user:p@ss:word", "--certificate", _certificate);
    }
}
