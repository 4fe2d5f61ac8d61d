# A client that is not ours, from Debian: Telephony::Asterisk::AMI. Prints what it was told, a line each.
use strict;
use warnings;
use Telephony::Asterisk::AMI;

$| = 1;
my ($port, $secret) = @ARGV;
my $ami = Telephony::Asterisk::AMI->new(
  Host => '127.0.0.1', Port => $port, Username => 'hub', Secret => $secret,
  Event_Callback => sub { my $event = shift; print join(' ', map { $event->{$_} // '-' } qw(Event Channel Uniqueid Linkedid)), "\n" },
);
if (!$ami->connect) { print 'refused: ', $ami->error, "\n"; exit 0 }
print "in\n";
print 'Ping ', $ami->action(Action => 'Ping')->{Ping}, "\n";
print 'Nonsense ', $ami->action(Action => 'Nonsense')->{Response}, "\n";
print 'CoreShowChannels ', $ami->action(Action => 'CoreShowChannels')->{EventList}, "\n";
for (;;) {
  my $event = $ami->read_response;
  last if ($event->{Response} // '') eq 'Error';
  print join(' ', map { $event->{$_} // '-' } qw(Event Channel Uniqueid Linkedid)), "\n";
  last if ($event->{Event} // '') eq 'Cdr';
}
print 'out ', $ami->disconnect, "\n";
