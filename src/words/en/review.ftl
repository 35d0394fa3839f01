# What a person is asked about who is who, and what they can answer.
#
# In the words for answers a space stands between the alternatives.

review-count = { $at } of { $of }.
review-ask-ambiguous-name = Several people bear the name { $on }: who is it here?
review-ask-shared-identity = { $on } stands with different people: are they one?
review-ask-number-change = A notice says that a number changed, { $on }: are these one person?
review-ask-needs-region = Which number is { $on }?
review-ask-damaged = Which number was { $on }?
review-ask-unclear = Which number is in { $on }?
review-ask-assumed-region = Are numbers without a country code numbers of { $on }?
review-ask-account = Is this account that of { $on }?
review-account = { $address }: { $origin }.
review-say-same = same
review-say-different = different
review-say-yes = yes
review-say-no = no
review-answers-two = Answer: same, different, skip.
review-answers-several = Answer: which one it is (1 to { $count }), same for all of them, different for none, skip.
review-answers-number = { $count ->
    [0] Answer: the number with + and its country code, no if it is none, skip.
    [one] Answer: 1, or another number with + and its country code, no if it is none, skip.
   *[other] Answer: 1 to { $count }, or another number with + and its country code, no if it is none, skip.
}
review-answers-region = Answer: yes, or the country’s two letters such as GB, skip.
review-answers-account = Answer: yes, no, skip.
review-answers-accounts = Answer: which one it is (1 to { $count }), no for none, skip.
review-suggested = Likely: { $answer }.
review-words-same = same
review-words-different = different d
review-words-yes = yes y
review-words-no = no n none
review-words-skip = skip s
review-words-undo = undo u
review-words-quit = quit q
review-prompt = { $answers }, [s]kip, [u]ndo, [q]uit:
review-may-two = [y]es or same, [n]o or different
review-may-several = a number from 1 to { $count }, same for all of them, [n]o or different for none
review-may-number = { $count ->
    [0] the number with its + and country code, [n]o for none
    [1] [y]es, another number with its + and country code, [n]o for none
   *[other] 1 to { $count }, another number with its + and country code, [n]o for none
}
review-may-region = [y]es, the two letters of another country
review-may-account = [y]es, [n]o
review-may-accounts = a number from 1 to { $count }, [n]o for none
review-no-answer = That is no answer to this question.
review-no-marks = Nothing tells these people from each other, so that cannot be kept. Give them names of their own in your address book and import it again.
review-against = That cannot be true together with what you said before of the same people. Answer otherwise, or take the other answer back: [u]ndo, “transhume contacts split” or “merge”.
review-no-undo = There is nothing to take back.
review-nothing = There is nothing to decide.
review-skipped = { $count ->
    [one] { $count } question is left. It is asked again next time.
   *[other] { $count } questions are left. They are asked again next time.
}
review-left = { $count ->
    [one] What you answered is kept; { $count } question is left.
   *[other] What you answered is kept; { $count } questions are left.
}
review-how = Answer one by one on a terminal with “transhume review”, or in any spreadsheet: “transhume review export review.csv”, then “transhume review apply review.csv”.
review-exported = { $count ->
    [one] { $count } question
   *[other] { $count } questions
} written to { $path }. Fill in the column “answer”, save it as CSV, then type “transhume review apply” and the file.
review-carried = { $count ->
    [one] { $count } answer that stood there already was carried over.
   *[other] { $count } answers that stood there already were carried over.
}
review-applied = { $path }: { $applied } answered, { $unchanged } as before, { $skipped } passed over; { $left } left to decide.
