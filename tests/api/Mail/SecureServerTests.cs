using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Sluice.TestSupport.Mail;
using Sluice.TestSupport.Postgres;
using Xunit;

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
        Assert.Contains("SslHandshakeException", waiting.String("lastError"));
        Assert.Equal(("unsent", 0), (waiting.String("state"), waiting["attempts"].GetInt32()));
        Assert.Empty(host.Smtp.Taken());

        host.IsTrusted = true;
        host.Time.Turn(TimeSpan.FromSeconds(15));
        var mail = Assert.Single(await host.TakesAsync(id));

        Assert.True(mail.Encrypted);
        Assert.Equal("mail user", mail.User);
        Assert.DoesNotContain("p@ss:word", host.Log.Text);
        Assert.Contains("The mail server can't be used; mails wait: SslHandshakeException", host.Log.Text);
        Assert.Contains("The mail server takes mails again.", host.Log.Text);
    }

    public sealed class Host : MailHost
    {
        private readonly X509Certificate2 _certificate;

        public Host(PostgresFixture postgres)
            : base(postgres)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest(
                "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(
                new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
            // A server needs the key in a form that it can keep.
            _certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }

        public bool IsTrusted { get; set; }

        protected override string User => "mail%20user:p%40ss%3Aword@";

        protected override string Query => "timeout=5&starttls=true&";

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            _certificate.Dispose();
            GC.SuppressFinalize(this);
        }

        protected internal override void AddServices(IServiceCollection services) =>
            services.AddSingleton<RemoteCertificateValidationCallback>((_, certificate, _, _) =>
                IsTrusted && certificate?.GetCertHashString() == _certificate.Thumbprint);

        protected override Task<MailServer> StartServerAsync() =>
            MailServer.StartAsync(new("mail user:p@ss:word", _certificate));
    }
}
