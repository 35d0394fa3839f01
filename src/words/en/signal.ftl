# Signal, asked through the user’s own signal-cli. $at is where that is, $host
# whom it asks.

report-origin-signal-cli = in the contact list of your signal-cli
report-origin-signal-lookup = Signal’s own directory, asked through your signal-cli

signal-listed = { $count ->
    [one] Your signal-cli knows { $count } person on Signal or by number ({ $account }). Nothing left this computer for that.
   *[other] Your signal-cli knows { $count } people on Signal or by number ({ $account }). Nothing left this computer for that.
}
signal-about = What leaves this computer, through your signal-cli ({ $at }), to Signal’s directory ({ $host }):
signal-leaves = { $count ->
    [one] { $count } phone number, as it is,
   *[other] { $count } phone numbers, as they are,
} of { $people ->
    [one] { $people } person
   *[other] { $people } people
} ({ $scope }). No name, no message.
signal-leaves-usernames = { $count ->
    [one] { $count } Signal username.
   *[other] { $count } Signal usernames.
}
signal-knows-you = Signal learns that your account asks. It compares the numbers in a sealed part of its computers, of which it says that nothing is kept. Whoever you ask about is not told.
signal-expect = No answer does not mean that somebody is not on Signal: whoever switched off “Who can find me by my number” is not found.
signal-known = { $count ->
    [one] { $count } person is known to be on Signal already, and is not asked about.
   *[other] { $count } people are known to be on Signal already, and are not asked about.
}
signal-nobody = Nobody is left to ask Signal about.
signal-before-list = Your signal-cli is asked first whom it knows; about these nothing will leave.
progress-signal = Asking Signal about numbers
check-not-found-signal = { $count ->
    [one] { $count } person was not found by number (unknown). They may have no Signal account, or have switched off “Who can find me by my number”. Ask them for their Signal username.
   *[other] { $count } people were not found by number (unknown). They may have no Signal account, or have switched off “Who can find me by my number”. Ask them for their Signal username.
}
check-unregistered-signal = { $count ->
    [one] Of { $count } person Signal reported the number as no longer registered.
   *[other] Of { $count } people Signal reported the number as no longer registered.
}
check-unaskable-signal = { $count ->
    [one] For { $count } person there is no number to ask by.
   *[other] For { $count } people there is no number to ask by.
}

login-signal-leaves = Through your signal-cli ({ $at }) to Signal: that a device called “{ $device }” is to be linked to your account. Its keys are kept by signal-cli, and by nobody else.
login-signal-scan = On your phone, open Signal, Settings, Linked devices, Link a new device, and scan this:
login-signal-uri = Or paste this into a program that shows QR codes on this computer. Show it to nobody else:
login-signal-waiting = Waiting for your phone. Ctrl-C stops.
login-signal-done = Your signal-cli is linked to the Signal account { $account }.
login-signal-kept = Where it is stands in transhume.toml from now on: “transhume check signal” needs no more. To end it: on your phone, Signal, Settings, Linked devices.
logout-signal = Your signal-cli is linked to the Signal account { $account }. transhume holds no key of it: end it on your phone, in Signal, Settings, Linked devices, and take signal_account out of transhume.toml.

error-signal-nobody-scanned = Nobody scanned the code in time.
    .hint = Type the same command again. Signal itself waits for a minute or two only.
error-signal-link-rest = signal-cli-rest-api shows its code in the browser: { $it }
    .hint = Open that and scan it with your phone (Signal, Settings, Linked devices), then go on with transhume check signal.
error-signal-needs-person = Somebody has to scan a code with a phone, and --no-input was given.
    .hint = Leave out --no-input.
error-signal-place = “{ $it }” is no place where signal-cli could be.
    .hint = Name a socket (unix:/run/user/1000/signal-cli/socket), a port of this computer (localhost:7583), a URL (http://localhost:8080), or the program (signal-cli).
error-signal-insecure = { $it } is another computer, and what is sent there would not be protected.
    .hint = Open a tunnel, for instance: ssh -L 7583:localhost:7583 THE-OTHER-COMPUTER, and then add --signal-cli localhost:7583
error-signal-program = There is no program “{ $it }”.
    .hint = Install signal-cli (https://github.com/AsamK/signal-cli), or name it by its full path. It is not looked for in the folder where you are.
error-signal-where = It is not known where your signal-cli is.
    .hint = Add --signal-cli unix:PATH, HOST:PORT, URL or PROGRAM. Without signal-cli: Signal’s own export tells most of it, offline (transhume guide signal).
error-signal-absent = There is no signal-cli at { $it }
    .hint = Start it (signal-cli daemon --socket --receive-mode=manual), or name another place with --signal-cli.
error-signal-silent = No answer from signal-cli in time: { $it }
    .hint = Look whether it hangs, and start it again. --signal-timeout SECONDS waits longer. What was learnt so far is kept.
error-signal-ended = signal-cli ended before it answered: { $it }
    .hint = Try it by itself: signal-cli --version. It needs Java 21 or newer; newer versions need Java 25.
error-signal-too-large = signal-cli at { $it } says more than could be right.
    .hint = Look whether it is signal-cli that answers there.
error-signal-nonsense = What answers at { $it } is not signal-cli.
    .hint = Look at --signal-cli. The HTTP service of signal-cli answers at /api/v1/rpc, that of signal-cli-rest-api at /v1/about.
error-signal-too-old = This signal-cli ({ $it }) is too old to ask Signal.
    .hint = Install version 0.13 or newer. Signal does not talk to old ones for long.
error-signal-rate-limited = Signal wants to be left alone for now. That says nothing about anybody: who was not asked about stays unknown.
    .hint = Type the same command again tomorrow: it goes on with those who are left.
error-signal-rate-limited-until = Signal wants to be left alone until { $it }. That says nothing about anybody: who was not asked about stays unknown.
    .hint = Type the same command again after that: it goes on with those who are left.
error-signal-offline = signal-cli could not reach Signal: { $it }
    .hint = Look at your connection to the internet, and try again: the same command goes on.
error-signal-not-offered = The signal-cli at { $it } cannot do that in the way in which it runs.
    .hint = Start it without -a: signal-cli daemon --socket --receive-mode=manual
error-signal-no-account = No Signal account is linked to this signal-cli ({ $it }).
    .hint = Link it with your phone: transhume login signal
error-signal-unknown-account = This signal-cli does not have the account { $it }.
    .hint = Name one that it has with --signal-account.
error-signal-several-accounts = This signal-cli has several accounts: { $it }
    .hint = Say which is yours: --signal-account NUMBER
error-signal-account = “{ $it }” is no number with a country code.
    .hint = Write it like +33639980100.
error-signal-refused = signal-cli says no: { $it }
    .hint = Look whether the account still works: signal-cli listAccounts. A device that was removed on the phone has to be linked again: transhume login signal

problem-signal-listing = { $count ->
    [0] Some entries of the contact list of signal-cli cannot be understood.
    [one] { $count } entry of the contact list of signal-cli cannot be understood.
   *[other] { $count } entries of the contact list of signal-cli cannot be understood.
}
    .hint = The others were taken up.
problem-signal-unasked = { $count ->
    [0] signal-cli answered what it was not asked.
    [one] signal-cli gave { $count } answer to what it was not asked. It was dropped.
   *[other] signal-cli gave { $count } answers to what it was not asked. They were dropped.
}
    .hint = Look whether it is signal-cli that answers there, and whether it is up to date.
problem-signal-unread = { $count ->
    [0] signal-cli could make nothing of some numbers.
    [one] signal-cli could make nothing of { $count } number, and did not ask about it.
   *[other] signal-cli could make nothing of { $count } numbers, and did not ask about them.
}
    .hint = That says nothing about the people. Look at their numbers: transhume why NAME.
problem-signal-unanswered = { $count ->
    [0] signal-cli left out some answers.
    [one] About { $count } number there was no answer.
   *[other] About { $count } numbers there was no answer.
}
    .hint = They stay unknown. The same command asks about them again, and about nobody else.

help-login-signal-about = Link your own signal-cli to the Signal account on your phone
help-login-signal-wait = How long to wait for the phone, in seconds (default: 300)
help-check-signal-about = Ask Signal, through your own signal-cli, after saying what would leave this computer
help-signal-cli = Where your signal-cli is: unix:PATH, HOST:PORT, URL (also of signal-cli-rest-api), or PROGRAM
help-signal-account = Your number on Signal, if signal-cli has several accounts
help-signal-timeout = How long one answer of signal-cli may take, in seconds (default: 60)
help-check-signal-yes = Agree to what leaves this computer
help-check-signal-dry-run = Tell what would leave, and send nothing
help-migrate-signal = Also ask Signal, through your own signal-cli (see check signal)
