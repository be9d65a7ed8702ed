using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Mail;

/// <summary>Registers the services that send mail.</summary>
internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services) => services
        .AddMetrics()
        .AddSingleton(static provider =>
            new MailDomain(provider.GetRequiredService<IOptions<SluiceOptions>>().Value.MailHost))
        .AddSingleton(static provider =>
            new OperatorContacts(provider.GetRequiredService<IOptions<SluiceOptions>>().Value.OperatorAddresses))
        .AddSingleton<MailComposer>()
        .AddSingleton<SmtpTransport>()
        .AddSingleton<MailMetrics>()
        .AddSingleton<MailSender>();
}
